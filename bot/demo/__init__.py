"""A stand-in for Telegram's Bot API with a phone-like chat page: the whole bot without a token.

`standin.StandIn` holds the state and speaks for the people, `app.create_app` serves the Bot API and the page.
"""
