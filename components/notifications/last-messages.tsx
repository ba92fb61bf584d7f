import { ChevronRight } from "lucide-react";
import { RelativeTime } from "@/components/layout/relative-time";
import { StateLabel } from "@/components/state/state-label";
import type { StateName } from "@/components/state/state-map";
import type { NotificationsWire } from "@/lib/contracts/notification";
import { countsWords } from "./notice-words";

const states: Record<NotificationsWire["messages"][number]["state"], StateName> = {
  due: "due",
  sending: "sending",
  sent: "published",
  failed: "deliveryFailed",
};

const aboutWords = { invitation: "an invitation", password_reset: "a link for another password" };

/** Whether messages leave, and why not. */
export function LastMessages({ messages }: { messages: NotificationsWire["messages"] }) {
  if (messages.length === 0)
    return <p className="text-12 text-muted-foreground">No message has been sent yet.</p>;
  return (
    <details className="group">
      <summary className="flex w-fit list-none items-center gap-1 text-12 text-muted-foreground hover:text-foreground touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3 transition-transform group-open:rotate-90" />
        The last {messages.length === 1 ? "message" : `${messages.length} messages`}
      </summary>
      <ul className="flex flex-col">
        {messages.map((message) => (
          <li
            key={message.notification_id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-border py-1.5 last:border-b-0"
          >
            <span className="truncate">
              {message.channel === "email" ? message.recipient : "Webhook"}
              <span className="text-muted-foreground">
                {" "}
                · {message.about ? aboutWords[message.about] : countsWords(message.counts)}
              </span>
            </span>
            <StateLabel
              state={message.state === "due" && message.attempts > 0 ? "retrying" : states[message.state]}
              word={message.state === "sent" ? "Sent" : message.state === "failed" ? "Not sent" : undefined}
            />
            {message.reason && message.state !== "sent" ? (
              <span className="text-12 text-muted-foreground">{message.reason}</span>
            ) : (
              <span />
            )}
            <span className="text-right text-12 text-muted-foreground">
              <RelativeTime value={message.ended_at_ms ?? message.created_at_ms} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
