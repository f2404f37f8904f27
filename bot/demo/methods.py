"""The Bot API methods that exist here, by their name in lower case; every other one is answered 404."""

from collections.abc import Callable
from typing import Any

from bot.demo import answering, editing, profile, sending
from bot.demo.standin import StandIn
from bot.demo.wire import Params

Method = Callable[[StandIn, Params], Any]

METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": profile.get_me,
        "setWebhook": profile.set_webhook,
        "deleteWebhook": profile.delete_webhook,
        "getWebhookInfo": profile.get_webhook_info,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendMediaGroup": sending.send_media_group,
        "copyMessage": sending.copy_message,
        "forwardMessage": sending.forward_message,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": editing.edit_message_text,
        "editMessageCaption": editing.edit_message_caption,
        "editMessageMedia": editing.edit_message_media,
        "editMessageReplyMarkup": editing.edit_message_reply_markup,
        "deleteMessage": editing.delete_message,
        "deleteMessages": editing.delete_messages,
        "pinChatMessage": editing.pin_chat_message,
        "unpinChatMessage": editing.unpin_chat_message,
        "unpinAllChatMessages": editing.unpin_all_chat_messages,
        "answerCallbackQuery": editing.answer_callback_query,
        "answerInlineQuery": answering.answer_inline_query,
        "setMyCommands": profile.set_my_commands,
        "getMyCommands": profile.get_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "setMyDescription": profile.set_my_description,
        "getMyDescription": profile.get_my_description,
        "setMyShortDescription": profile.set_my_short_description,
        "getMyShortDescription": profile.get_my_short_description,
        "setMyName": profile.set_my_name,
        "getMyName": profile.get_my_name,
        "setChatMenuButton": profile.set_chat_menu_button,
        "getChatMenuButton": profile.get_chat_menu_button,
        "getChat": profile.get_chat,
        "getChatMember": profile.get_chat_member,
        "getChatMemberCount": profile.get_chat_member_count,
        "leaveChat": profile.leave_chat,
        "getFile": profile.get_file,
    }.items()
}


def call(standin: StandIn, name: str, params: Params) -> Any:
    """Carry out one method, durable when it returns. Raises ApiError; KeyError for an unknown name."""
    method = METHODS[name.lower()]
    with standin.store.writing():
        return method(standin, params)
