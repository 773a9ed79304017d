"""One window a data folder: a second start raises the first one instead of opening the vault twice.

The lock is taken before the first window; the listener (QtNetwork) starts after it is painted.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

__all__ = ["SingleInstance"]

_CONNECT_TIMEOUT_MS = 1500


class SingleInstance(QObject):
    """Holds the lock of a data folder while the program runs."""

    raise_requested = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        data_dir.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(data_dir / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._name = f"fieldapp-{zlib.crc32(str(data_dir.resolve()).encode()):08x}"
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Return True when this is the first window; otherwise ask the first one to come forward."""
        if self._lock.tryLock(0):
            return True
        self._knock()
        return False

    def listen(self) -> None:
        """Answer later starts from now on."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)

    def release(self) -> None:
        """Let another start take the folder."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _knock(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if socket.waitForConnected(_CONNECT_TIMEOUT_MS):
            socket.disconnectFromServer()

    def _answer(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnectFromServer()
            socket.deleteLater()
            self.raise_requested.emit()
