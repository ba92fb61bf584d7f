import { KeyRound, RadioTower, Siren } from "lucide-react";
import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { RelativeTime } from "@/components/layout/relative-time";
import { rowLink } from "@/components/layout/use-row-keys";
import { plainWords } from "@/components/state/parse-redactions";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityIcon } from "@/components/state/severity-icon";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { QueueItem } from "./queue-items";

type QueueRowProps = { item: QueueItem; selected: boolean; onSelect: () => void };

const markIcons = { source: RadioTower, key: KeyRound, siren: Siren };

/** A thing that waits, and the one thing to do about it. Only the selected row's action is filled. */
export function QueueRow({ item, selected, onSelect }: QueueRowProps) {
  const { mark, action } = item;
  const detail = item.detail.join(" · ");
  const MarkIcon = "icon" in mark ? markIcons[mark.icon] : RadioTower;
  return (
    <li
      data-row=""
      onFocus={onSelect}
      className={cn(
        "relative grid min-h-13 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-border py-1.5 pr-4 pl-4 hover:bg-muted md:pl-6",
        "sm:grid-cols-[16px_minmax(0,1fr)_124px_72px_84px]",
        selected &&
          "bg-accent before:absolute before:-inset-y-px before:left-0 before:w-0.5 before:bg-primary hover:bg-accent",
      )}
    >
      <span className="grid place-items-center">
        {"severity" in mark ? (
          <SeverityIcon severity={mark.severity} />
        ) : "icon" in mark ? (
          <MarkIcon aria-hidden className="size-4 text-muted-foreground" />
        ) : (
          <DestinationKindIcon kind={mark.kind} />
        )}
      </span>
      <div className="min-w-0">
        <p className="truncate font-medium" title={plainWords(item.title)}>
          <RedactedText text={item.title} />
        </p>
        <p className="truncate text-12 text-muted-foreground" title={plainWords(detail)}>
          <RedactedText text={detail} />
        </p>
      </div>
      <StateLabel
        state={item.state}
        word={item.word}
        className="max-sm:col-start-2 max-sm:row-start-2 max-sm:w-fit"
      />
      <span className="text-right text-12 text-muted-foreground max-sm:hidden">
        {item.atMs === undefined ? null : <RelativeTime value={item.atMs} />}
      </span>
      <Button
        asChild
        size="xs"
        variant={selected ? "default" : "outline"}
        kbd={selected ? "↵" : undefined}
        className="min-w-21 max-sm:col-start-3 max-sm:row-span-2 max-sm:row-start-1 max-sm:min-w-0 touch:h-11"
      >
        <Link href={action.href} {...rowLink} className="after:absolute after:inset-0">
          {action.word}
          <span className="sr-only">: {item.title}</span>
        </Link>
      </Button>
    </li>
  );
}
