"""Routes of the keys with which programs read an agency's figures. See `flows.routes`."""

from flows.action import Route

# akses API -----------------------------------------------------------------------------------------
API_TOKENS = Route("api", int)  # agency: its keys in use
API_NEW = Route("api.baru", int)  # agency: prompt for what the key is for
API_NEW_SAVE = Route("api.bs", int)  # agency: the typed text is its name
API_TOKEN = Route("api.token", int)  # token: when it was made and used, the way to end it
API_KEY = Route("api.kunci", int)  # token: make its key, which the reply shows and nothing keeps
API_REVOKE_ASK = Route("api.tanya", int)  # token: before it ends
API_REVOKE = Route("api.cabut", int, int)  # token, revision
