import { LockedAction } from "@/components/layout/locked-action";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Button } from "@/components/ui/button";
import type { DecisionKind, Decisions } from "./decisions";

type DecisionButtonsProps = {
  decisions: Decisions;
  onDecide: (kind: DecisionKind) => void;
  /** The phone's bar: big, sharing the width, Deny first. */
  touch?: boolean;
  /** Why it is locked stands beside it already. */
  quiet?: boolean;
};

const keyOf = { approve: "a", deny: "d", publish: "p" };

/** The one filled button of the draft, and Deny beside it. */
export function DecisionButtons({ decisions, onDecide, touch = false, quiet = false }: DecisionButtonsProps) {
  const { primary, deny } = decisions;
  const size = touch ? "lg" : "default";
  const denyButton = deny ? (
    <Button
      size={size}
      kbd={touch ? undefined : keyOf.deny}
      className={touch ? "flex-1" : undefined}
      onClick={() => onDecide("deny")}
    >
      {deny.label}
    </Button>
  ) : null;
  const primaryButton = !primary ? null : primary.locked ? (
    <LockedAction unlocks={primary.locked} quiet={quiet} size={size}>
      {primary.label}
    </LockedAction>
  ) : (
    <Button
      data-gate-action
      variant="default"
      size={size}
      kbd={touch ? undefined : keyOf[primary.kind]}
      className={touch ? "flex-2" : undefined}
      onClick={() => onDecide(primary.kind)}
    >
      <GateGlyph name={primary.label.startsWith("Ask") ? "required" : "open"} />
      {primary.label}
    </Button>
  );
  return touch ? (
    <>
      {denyButton}
      {primaryButton}
    </>
  ) : (
    <>
      {primaryButton}
      {denyButton}
    </>
  );
}
