import type { Message as MessageView } from "../bindings/rpc";
import { Act } from "./Act";
import { messageIcons } from "./icons";
import styles from "./Message.module.css";

export function Message({ message }: { message: MessageView }) {
  const Icon = messageIcons[message.tone];
  return (
    <div className={styles.message} data-message={message.tone} role={message.tone === "problem" ? "alert" : "status"}>
      <Icon aria-hidden />
      <div className={styles.words}>
        <p className={message.text === null ? undefined : styles.title}>{message.title}</p>
        {message.text !== null && <p>{message.text}</p>}
      </div>
      {message.action && <Act button={message.action} />}
    </div>
  );
}

export function Messages({ messages }: { messages: readonly MessageView[] }) {
  return messages.map((message) => <Message key={message.tone + message.title} message={message} />);
}
