import { CornerDownRight, Eye, Quote } from "lucide-react";
import { cn } from "@/components/ui/cn";

export type Certainty = "fact" | "inference" | "model";

const looks = {
  fact: { Icon: Eye, word: "Fact", help: "Read as it stands", ink: "text-foreground" },
  inference: {
    Icon: CornerDownRight,
    word: "Inference",
    help: "Follows from facts by a rule",
    ink: "text-foreground",
  },
  model: {
    Icon: Quote,
    word: "Model text",
    help: "Somebody's opinion, not checked by a rule",
    ink: "text-state-ambiguous",
  },
};

/** What kind of statement it is: a sign and a word; the ink only repeats them. */
export function CertaintyMark({ certainty, className }: { certainty: Certainty; className?: string }) {
  const { Icon, word, help, ink } = looks[certainty];
  return (
    <span
      title={help}
      className={cn(
        "inline-flex flex-none items-center gap-1 text-12 font-medium whitespace-nowrap",
        ink,
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 flex-none" />
      {word}
    </span>
  );
}
