"""``demo`` with a window: the demo county behind a real desktop, kept between two starts by seed and generator version."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.app import main
from fieldapp.common.clock import Clock, SystemClock
from fieldapp.common.ids import IdSource
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink

if TYPE_CHECKING:
    from fieldapp.demo.generate import Scale

__all__ = ["open_demo"]


class _Demo:
    """The parts of the demo that live as long as the window: folders, and the county server's process."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        clock: Clock,
        running: contextlib.ExitStack,
        *,
        scale: Scale | None = None,
        cache: Path | None = None,
    ) -> None:
        self._folder = folder
        self._seed = seed
        self._clock = clock
        self._running = running
        self._scale = scale
        self._cache = cache

    @property
    def data_dir(self) -> Path:
        return self._folder / "laptop"

    @property
    def state_dir(self) -> Path:
        return self._folder / "state"

    def prepare(self, progress: ProgressSink, cancel: CancelToken) -> str:
        """Make the county, start its server, and enrol this laptop with a first sync, as far as not done before."""
        from fieldapp.demo.county import prepare_county, reopen, village_clerk
        from fieldapp.demo.generate import FULL
        from fieldapp.demo.job import DEMO_PASSWORD
        from fieldapp.demo.server import free_port, serving
        from fieldapp.demo.stopwatch import Stopwatch
        from fieldapp.services.laptop import Laptop

        county = self._folder / "county"
        laptop = Laptop(self.data_dir, clock=self._clock, state_dir=self.state_dir)
        enrolled = bool(laptop.people())
        if not (enrolled and (county / "county.json").exists()):
            prepare_county(
                county,
                seed=self._seed,
                clock=self._clock,
                watch=Stopwatch(),
                progress=progress,
                cancel=cancel,
                scale=self._scale or FULL,
                cache=self._cache,
            )
        port_file = self._folder / "port"
        port = int(port_file.read_text("ascii")) if enrolled and port_file.exists() else free_port()
        progress(Progress(0, 0, "启动县级服务", "starting the county server"))
        url = self._running.enter_context(serving(county, self._folder / "server.log", port=port))
        if not enrolled:
            from fieldapp.county.enrolling import issue_code

            progress(Progress(0, 0, "登记这台电脑，接收农户", "enrolling this laptop"))
            opened = reopen(county, self._clock)
            try:
                code = issue_code(opened, village_clerk(opened), url=url).code.text()
            finally:
                opened.close()
            port_file.write_text(str(port), "ascii")
            workspace = laptop.enrol(code, url, DEMO_PASSWORD)
            try:
                workspace.sync.run(progress, cancel)
            finally:
                workspace.close()
        return f"演示县已就绪，人员都是虚构的。密码：{DEMO_PASSWORD}"


def open_demo(seed: int) -> int:
    """Open the window at once; the county is made behind it. Returns the exit code."""
    import platformdirs

    from fieldapp.demo.generate import GENERATOR_VERSION
    from fieldapp.services.laptop import Laptop

    clock = SystemClock()
    root = Path(platformdirs.user_data_dir("fieldapp-demo", appauthor=False))
    with contextlib.ExitStack() as running:
        demo = _Demo(root / f"seed-{seed}-v{GENERATOR_VERSION}", seed, clock, running)
        return main(
            sys.argv[:1],
            demo.data_dir,
            laptop=lambda data: Laptop(data, clock=clock, ids=IdSource(clock), state_dir=demo.state_dir),
            clock=clock,
            preparing=demo.prepare,
        )
