import type { Message as MessageView } from "../bindings/rpc";
import { Act } from "./Act";
import { messageIcons } from "./icons";

export function Message({ message }: { message: MessageView }) {
  const Icon = messageIcons[message.tone];
  return (
    <div className={`message message--${message.tone}`} role={message.tone === "problem" ? "alert" : "status"}>
      <Icon aria-hidden />
      <div className="message-words">
        <p className={message.text === null ? "" : "message-title"}>{message.title}</p>
        {message.text !== null && <p>{message.text}</p>}
      </div>
      {message.action && <Act button={message.action} />}
    </div>
  );
}

export function Messages({ messages }: { messages: readonly MessageView[] }) {
  return messages.map((message) => <Message key={message.tone + message.title} message={message} />);
}
