"""What every screen has: which one is shown, the top line, the aids, and the question 还要继续吗？"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk_app.terminal import aids
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.resting import Look
from kiosk_app.terminal.views import IdleWarning, Screen, TopLine, View
from screens.agreement import AgreementModel
from screens.attract import AttractModel
from screens.check import CheckModel
from screens.face import FaceModel
from screens.face_consent import FaceConsentModel
from screens.farewell import FarewellModel
from screens.guide import GuideModel
from screens.help import HelpModel
from screens.helping import HelpingModel
from screens.home import HomeModel
from screens.model import Model, Want
from screens.notice import NoticeModel
from screens.out_of_service import OutOfServiceModel
from screens.progress import ProgressModel
from screens.question import QuestionModel
from screens.rating import RatingModel
from screens.result import ResultModel
from screens.sign_in import SignInModel
from screens.staff import StaffModel
from screens.staff_sign_in import StaffSignInModel
from screens.starting import StartingModel
from screens.writing import WritingModel

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1

MODELS: dict[Screen, type[Model]] = {
    Screen.STARTING: StartingModel,
    Screen.ATTRACT: AttractModel,
    Screen.HOME: HomeModel,
    Screen.GUIDE: GuideModel,
    Screen.HELPING: HelpingModel,
    Screen.NOTICE: NoticeModel,
    Screen.SIGN_IN: SignInModel,
    Screen.FACE_CONSENT: FaceConsentModel,
    Screen.FACE: FaceModel,
    Screen.AGREEMENT: AgreementModel,
    Screen.QUESTION: QuestionModel,
    Screen.CHECK: CheckModel,
    Screen.PROGRESS: ProgressModel,
    Screen.RESULT: ResultModel,
    Screen.RATING: RatingModel,
    Screen.HELP: HelpModel,
    Screen.FAREWELL: FarewellModel,
    Screen.OUT_OF_SERVICE: OutOfServiceModel,
    Screen.STAFF_SIGN_IN: StaffSignInModel,
    Screen.STAFF: StaffModel,
}


@QmlElement
class TopLineModel(Model):
    """Name and place of the terminal, the time, the connection, and who is signed in."""

    shows = TopLine
    wishes = (Wish.END,)


@QmlElement
class AidsModel(Model):
    """The aids that are switched on, and the switches."""

    shows = Aids
    wishes = (*sorted(aids.WISHES, key=lambda wish: wish.value), Wish.HELP, Wish.CLOSE_HELP)


@QmlElement
class LookModel(Model):
    """The province's theme pack. Nothing of a person: it stays when everything else is let go."""

    shows = Look


@QmlElement
class IdleWarningModel(Model):
    """还要继续吗？ with the seconds that are left."""

    shows = IdleWarning
    wishes = (Wish.CONTINUE, Wish.END)


@QmlElement
class TerminalModel(QObject):
    """The whole view. ``turned`` is emitted once for each view, when every part has been shown."""

    turned = Signal()

    def __init__(self, want: Want, writing: WritingModel) -> None:
        super().__init__()
        self._writing = writing
        self._bodies = {screen: model(want) for screen, model in MODELS.items()}
        self._top = TopLineModel(want)
        self._aids = AidsModel(want)
        self._look = LookModel(want)
        self._warning = IdleWarningModel(want)
        self._screen = Screen.STARTING
        self._forward = True
        self._warned = False

    def show(self, view: View) -> None:
        """Show this view."""
        self._screen, self._forward = view.screen, view.forward
        self._look.show(view.look)
        self._bodies[view.screen].show(view.body)
        self._top.show(view.top)
        self._aids.show(view.aids)
        self._warned = view.idle_warning is not None
        if view.idle_warning is not None:
            self._warning.show(view.idle_warning)
        self.turned.emit()

    def forget(self) -> None:
        """Let go of every value that was shown, the current screen's too."""
        for model in (*self._bodies.values(), self._top, self._aids, self._warning):
            model.forget()

    def current_screen(self) -> Screen:
        """Return the screen of the newest view that was shown."""
        return self._screen

    def is_warning(self) -> bool:
        """Return whether 还要继续吗？ stands over the screen."""
        return self._warned

    @Slot()
    def settled(self) -> None:
        """Let go of what earlier screens showed: they have gone, with all their items."""
        for screen, model in self._bodies.items():
            if screen is not self._screen:
                model.forget()

    def _screen_name(self) -> str:
        return self._screen.value

    def _body(self) -> QObject:
        return self._bodies[self._screen]

    screen = Property(str, _screen_name, notify=turned)
    body = Property(QObject, _body, notify=turned)
    forward = Property(bool, lambda self: self._forward, notify=turned)
    warned = Property(bool, is_warning, notify=turned)
    top = Property(TopLineModel, lambda self: self._top, constant=True)
    writing = Property(WritingModel, lambda self: self._writing, constant=True)
    aids = Property(AidsModel, lambda self: self._aids, constant=True)
    look = Property(LookModel, lambda self: self._look, constant=True)
    warning = Property(IdleWarningModel, lambda self: self._warning, constant=True)
