// Where somebody is: in the private chat with the bot, or in a group and one of its topics.

export const privateOf = (user) => ({ user, chat: user, thread: 0 });
export const isGroup = ({ chat }) => chat < 0;
export const keyOf = (place) => (isGroup(place) ? `${place.user}:${place.chat}:${place.thread}` : `${place.user}`);
export const same = (one, other) => keyOf(one) === keyOf(other);

// The same in the words of the server: nothing but the person for the private chat.
export const fields = (place) => ({
  user_id: place.user,
  ...(isGroup(place) ? { chat_id: place.chat, ...(place.thread ? { thread_id: place.thread } : {}) } : {}),
});
export const placeOf = ({ user_id, chat_id, thread_id }) => ({ user: user_id, chat: chat_id ?? user_id, thread: thread_id ?? 0 });
export const address = (place) => `chat/${place.user}${isGroup(place) ? `?chat=${place.chat}&thread=${place.thread}` : ""}`;
export const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : 0);

export function parse(text) {
  const [user, chat, thread] = String(text ?? "").split(":").map(Number);
  return user ? { user, chat: chat || user, thread: thread || 0 } : null;
}
