"""What a person sees: QML, one file per screen, and one thin view model beside each.

Screens draw the :class:`kiosk_app.terminal.views.View` that the machine publishes and send the
:class:`kiosk_app.terminal.intents.Intent` that a person has. They know nothing else.
"""
