#!/usr/bin/env python3
"""From a bare machine to the running program in one command; standard library only.

    python3 start.py demo [--headless] [--out DIR]   open the program on a demo county
    python3 start.py doctor [--json]                 check this machine
    python3 start.py test [pytest arguments]         every check and test
    python3 start.py setup [--dev]                   only install
    python3 start.py freeze                          build the one-folder program in dist/
    python3 start.py ANYTHING ELSE                   handed to `python -m fieldapp`

It makes `.venv`, installs the hash-checked lock when that changed, looks for the system libraries Qt needs
and a Chinese font (installs them when root on Debian, else prints one `apt-get install` line and exits 2),
and hands over. Progress goes to stderr, so that `--json` output stays clean. This file must parse on
Python 3.6, so that an old Python gets a sentence and not a SyntaxError.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 14):
    _found = ".".join(map(str, sys.version_info[:2]))
    _zh = "本程序需要 Python 3.11、3.12 或 3.13，这里是 " + _found + "，请换一个 Python 再试。"
    _en = "This program needs Python 3.11, 3.12 or 3.13; this is " + _found + ". Please use another Python."
    _encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write((_zh + " " + _en + "\n").encode(_encoding, "replace").decode(_encoding))
    sys.exit(2)

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parent
APP_LOCK = "requirements.lock"
BOTH_LOCKS = (APP_LOCK, "requirements-dev.lock")
MARKER = "fieldapp-locks.json"  # inside .venv, written last: which locks are completely installed
UNFINISHED = "fieldapp-installing"  # inside .venv while pip runs: if it is still there, pip was killed

# What Qt's wheels take from the system, and the Debian package that has it. The first group is enough to
# draw into memory (demo --headless, doctor); a window on X11 needs the second as well.
OFFSCREEN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
CJK_FONT_PACKAGE = "fonts-noto-cjk"
CJK_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CJK_FONT_NAMES = ("cjk", "sourcehan", "wqy", "wenquanyi", "simsun", "simhei", "msyh", "uming", "ukai")
PYTHON_LIBRARY = "libpython{}.{}".format(*sys.version_info)
FREEZE_PARTS = {"objdump": "binutils", PYTHON_LIBRARY + ".so.1.0": PYTHON_LIBRARY}  # PyInstaller wants them


class Stop(Exception):
    """The way ends here: exit code, and what to tell the person in Chinese and English."""


def say(zh: str, en: str) -> None:
    """Tell the person at the terminal what happens, in both languages, whatever the terminal can show."""
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(f"· {zh} {en}\n".encode(encoding, "replace").decode(encoding))
    sys.stderr.flush()


def run_visibly(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run ``command``; what it prints goes to stderr. Returns its exit code."""
    return subprocess.call(list(command), env=dict(environment), stdout=2)


def hand_over(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Become ``command`` (on Windows, which cannot: run it and leave with its exit code)."""
    if os.name == "nt":
        sys.exit(subprocess.call(list(command), env=dict(environment)))
    os.execve(command[0], list(command), dict(environment))


def can_load(library: str) -> bool:
    """Whether the system's loader finds ``library``, asked the way Qt will ask."""
    try:
        ctypes.CDLL(library)
        return True
    except OSError:
        return False


def has_cjk_font() -> bool:
    """Whether a font with Chinese characters is installed: by fontconfig, else by well-known file names."""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh", "file"], stdout=subprocess.PIPE, check=False)
        if listed.stdout.strip():
            return True
    files = [file for folder in CJK_FONT_FOLDERS for file in Path(folder).expanduser().rglob("*.[ot]t[cf]")]
    names = [file.name.lower().replace("-", "") for file in files]
    return any(known in name for name in names for known in CJK_FONT_NAMES)


def unresolved_libraries(plugin: Path) -> list[str]:
    """The libraries that ``plugin`` (a Qt platform plugin) wants and ``ldd`` does not find."""
    if not plugin.exists() or not shutil.which("ldd"):
        return []
    listed = subprocess.run(["ldd", str(plugin)], capture_output=True, check=False)
    lines = listed.stdout.decode("utf-8", "replace").splitlines()
    return [line.split()[0] for line in lines if line.rstrip().endswith("not found")]


@dataclass
class Machine:
    """Everything this file asks of the computer; tests put another one in its place."""

    root: Path
    platform: str
    environment: Mapping[str, str]
    is_admin: bool
    run: Callable[[Sequence[str], Mapping[str, str]], int] = run_visibly
    hand_over: Callable[[Sequence[str], Mapping[str, str]], NoReturn] = hand_over
    can_load: Callable[[str], bool] = can_load
    has_cjk_font: Callable[[], bool] = has_cjk_font
    unresolved_libraries: Callable[[Path], list[str]] = unresolved_libraries
    which: Callable[[str], str | None] = shutil.which
    has_module: Callable[[str], bool] = lambda name: importlib.util.find_spec(name) is not None

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        if self.platform == "win32":
            return self.venv / "Scripts" / "python.exe"
        return self.venv / "bin" / "python"

    @property
    def has_screen(self) -> bool:
        if not self.platform.startswith("linux"):
            return True
        return bool(self.environment.get("DISPLAY") or self.environment.get("WAYLAND_DISPLAY"))


@dataclass(frozen=True)
class Plan:
    """What a command needs before it can start, and what is started then."""

    arguments: tuple[str, ...]  # of the virtual environment's Python; empty: nothing is started
    locks: tuple[str, ...] = (APP_LOCK,)
    draws: bool = False  # needs Qt's libraries and a Chinese font
    window: bool = False  # opens a real window, or packs what one needs
    freezes: bool = False  # needs what PyInstaller calls
    at_root: bool = False  # works on the checkout, so it runs in its folder


def plan_demo(arguments: list[str], has_screen: bool) -> Plan:
    """The demo opens a window; without a screen it is the headless main job, into ./demo-output."""
    headless = "--headless" in arguments
    if not headless and not has_screen:
        say(
            "没有屏幕，改为运行无界面的主流程，结果放在 ./demo-output。",
            "No screen: running the headless main job.",
        )
        headless = True
        arguments = ["--headless", *arguments]
    if headless and not any(item.split("=")[0] == "--out" for item in arguments):
        arguments = [*arguments, "--out", "demo-output"]
    return Plan(("-m", "fieldapp", "demo", *arguments), draws=True, window=not headless)


def plan_for(command: str, arguments: list[str], has_screen: bool) -> Plan:
    """Return what ``command`` needs and starts."""
    if command == "demo":
        return plan_demo(arguments, has_screen)
    if command == "doctor":
        return Plan(("-m", "fieldapp", "doctor", *arguments), draws=True)
    if command == "test":
        command_line = ("-m", "tests.architecture", *arguments)
        return Plan(command_line, BOTH_LOCKS, draws=True, window=True, at_root=True)
    if command == "freeze":
        command_line = ("-m", "tests.packaging.freeze", *arguments)
        return Plan(command_line, BOTH_LOCKS, draws=True, window=True, freezes=True, at_root=True)
    if command == "setup":
        return Plan((), BOTH_LOCKS if "--dev" in arguments else (APP_LOCK,), draws=True, window=has_screen)
    if command == "":
        return Plan(("-m", "fieldapp"), draws=True, window=True)
    return Plan(("-m", "fieldapp", command, *arguments))


def missing_packages(machine: Machine, plan: Plan, needs_venv: bool) -> list[str]:
    """Return the Debian packages that ``plan`` needs and this machine lacks, each once, in a fixed order."""
    has_venv = machine.has_module("venv") and machine.has_module("ensurepip")
    packages = ["python3-venv"] if needs_venv and not has_venv else []
    if not machine.platform.startswith("linux"):
        return packages
    libraries = dict(OFFSCREEN_LIBRARIES) if plan.draws else {}
    if plan.window:
        libraries.update(WINDOW_LIBRARIES)
    packages += [package for library, package in libraries.items() if not machine.can_load(library)]
    if plan.draws and not machine.has_cjk_font():
        packages.append(CJK_FONT_PACKAGE)
    parts = FREEZE_PARTS if plan.freezes else {}
    packages += [parts[part] for part in parts if not (machine.which(part) or machine.can_load(part))]
    return list(dict.fromkeys(packages))


def provide_packages(machine: Machine, packages: list[str]) -> None:
    """Install ``packages`` when root on Debian, else print the one line that does and stop with exit code 2."""
    if not packages:
        return
    if machine.is_admin and machine.which("apt-get"):
        say(f"缺少系统组件，正在安装：{'、'.join(packages)}", "Installing missing system packages …")
        quiet = dict(machine.environment, DEBIAN_FRONTEND="noninteractive")
        options = ["-y", "-q", "--no-install-recommends"]
        machine.run(["apt-get", "update", "-q"], quiet)  # a stale list may still do: install decides
        if machine.run(["apt-get", "install", *options, *packages], quiet) == 0:
            return
    print("apt-get install -y " + " ".join(packages), flush=True)
    raise Stop(2, "请以管理员身份运行上面这一行，然后再试。", "Run the line above as root, then try again.")


def is_healthy(machine: Machine) -> bool:
    """Whether `.venv` can be used: complete, its Python starts, is one we support, and has pip."""
    if not machine.python.exists() or (machine.venv / UNFINISHED).exists():
        return False
    probe = (
        "import importlib.util as u, sys; "
        "sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 14) and u.find_spec('pip')))"
    )
    try:
        return machine.run([str(machine.python), "-I", "-c", probe], machine.environment) == 0
    except OSError:
        return False


def make_venv(machine: Machine) -> None:
    """Make `.venv` afresh. Raises Stop when Python cannot."""
    say("正在创建 .venv …", "Creating .venv …")
    base = getattr(sys, "_base_executable", sys.executable)  # not the Python of the folder we clear
    if machine.run([base, "-m", "venv", "--clear", str(machine.venv)], machine.environment) != 0:
        raise Stop(
            1, "没有建成 .venv，请检查磁盘和权限。", "Could not create .venv: check disk and permissions."
        )


def installed_locks(machine: Machine) -> dict[str, str]:
    """Return lock name → SHA-256 of the locks that were installed completely."""
    try:
        content = json.loads((machine.venv / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in content.items()} if isinstance(content, dict) else {}


def digest_of(machine: Machine, lock: str) -> str:
    """The SHA-256 of a lock file."""
    return hashlib.sha256((machine.root / lock).read_bytes()).hexdigest()


def is_installed(machine: Machine, lock: str) -> bool:
    """Whether that very ``lock`` was installed completely."""
    return installed_locks(machine).get(lock) == digest_of(machine, lock)


def install_lock(machine: Machine, lock: str) -> None:
    """Install ``lock`` with its hashes checked, unless that very file is installed already. Raises Stop."""
    if is_installed(machine, lock):
        return
    say(f"正在按 {lock} 安装，可能要几分钟 …", f"Installing {lock}, hashes checked; may take minutes …")
    unfinished = machine.venv / UNFINISHED
    unfinished.write_text(lock, "utf-8")
    # The lock is complete, so pip has nothing to resolve; wheels only, so nothing is compiled here.
    command = [str(machine.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(machine.root / lock)]
    if not sys.stderr.isatty():
        command.append("-qq")  # errors only
    code = machine.run(command, machine.environment)
    unfinished.unlink()
    if code != 0:
        raise Stop(
            1, "没有装完，请检查网络后再运行一次。", "Installation failed: check the network, run it again."
        )
    temporary = machine.venv / (MARKER + ".part")
    temporary.write_text(
        json.dumps({**installed_locks(machine), lock: digest_of(machine, lock)}, indent=1), "utf-8"
    )
    os.replace(temporary, machine.venv / MARKER)


def check_plugins(machine: Machine, plan: Plan) -> None:
    """Ask ``ldd`` whether Qt's own plugins find everything: other distributions split packages otherwise."""
    if not plan.draws or not machine.platform.startswith("linux"):
        return
    names = ["libqoffscreen.so", "libqxcb.so"] if plan.window else ["libqoffscreen.so"]
    known = {**OFFSCREEN_LIBRARIES, **WINDOW_LIBRARIES}
    lacking: list[str] = []
    for name in names:
        for plugin in machine.venv.glob(f"lib/python*/site-packages/PySide6/Qt/plugins/platforms/{name}"):
            lacking += machine.unresolved_libraries(plugin)
    provide_packages(machine, [known[name] for name in dict.fromkeys(lacking) if name in known])
    unknown = sorted(set(lacking) - set(known))
    if unknown:
        raise Stop(2, f"Qt 还缺这些系统库：{'、'.join(unknown)}", "Qt lacks these system libraries.")


def child_environment(machine: Machine) -> dict[str, str]:
    """The program's environment: it finds `fieldapp` from any folder, and Windows pipes carry Chinese."""
    environment = dict(machine.environment)
    paths = [str(machine.root), environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    if machine.platform == "win32":
        environment.setdefault("PYTHONUTF8", "1")
    return environment


def try_lock(stream: BinaryIO) -> bool:
    """Take the lock on ``stream``, or return False when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(1 << 30)  # far behind the end: Windows forbids others to read what is locked
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold this very file locked, so that two windows do not install into one `.venv` at a time."""
    with (root / "start.py").open("rb") as stream:
        if not try_lock(stream):
            say("另一个窗口正在安装，请稍等 …", "Another window is installing; waiting …")
            while not try_lock(stream):
                time.sleep(0.5)
        yield


def prepare(machine: Machine, plan: Plan) -> None:
    """Bring the machine to where ``plan`` can start. Raises Stop with a sentence on the screen."""
    healthy = is_healthy(machine)
    provide_packages(machine, missing_packages(machine, plan, needs_venv=not healthy))
    if not healthy or not all(is_installed(machine, lock) for lock in plan.locks):
        with alone(machine.root):
            if not is_healthy(machine):
                make_venv(machine)
            for lock in plan.locks:
                install_lock(machine, lock)
    check_plugins(machine, plan)


def main(argv: Sequence[str], machine: Machine) -> int:
    """Run the command line; returns the exit code when nothing was handed over."""
    if argv and argv[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    plan = plan_for(argv[0] if argv else "", list(argv[1:]), machine.has_screen)
    try:
        prepare(machine, plan)
    except Stop as stop:
        code, zh, en = stop.args
        say(zh, en)
        return int(code)
    except OSError as error:
        say(f"读写文件失败：{error}", "A file could not be read or written: check disk and permissions.")
        return 1
    except KeyboardInterrupt:
        say("已中断，再运行一次会接着做。", "Interrupted; run it again to go on.")
        return 130
    if not plan.arguments:
        say("准备好了。", "Ready.")
        return 0
    if plan.at_root:
        os.chdir(machine.root)
    return machine.hand_over([str(machine.python), "-P", *plan.arguments], child_environment(machine))


if __name__ == "__main__":
    admin = hasattr(os, "geteuid") and os.geteuid() == 0
    sys.exit(main(sys.argv[1:], Machine(ROOT, sys.platform, os.environ, admin)))
