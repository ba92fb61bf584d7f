"use client";

import { LockedAction } from "@/components/layout/locked-action";
import { Button } from "@/components/ui/button";
import { usePermission } from "@/lib/queries/session";
import { type DestinationKind, destinationKinds } from "./kinds";

type TestButtonProps = {
  kind: DestinationKind;
  isSaved: boolean;
  isEdited: boolean;
  pending: boolean;
  onTest: () => void;
};

/** Sends a signed event marked as a test. It uses what is saved, so it waits for unsaved changes. */
export function TestButton({ kind, isSaved, isEdited, pending, onTest }: TestButtonProps) {
  const permission = usePermission("testDestination");
  const { sends, long } = destinationKinds[kind];
  const why = !sends
    ? `${long}: sending, tests included, comes with a later version.`
    : !permission.allowed
      ? "Sending a test needs the admin role."
      : !isSaved
        ? "Save it first: the test uses what is saved."
        : isEdited
          ? "Save or discard first: the test uses what is saved."
          : null;
  if (why) {
    return (
      <LockedAction size="sm" className="touch:h-11 max-sm:px-2" unlocks={why} quiet>
        Send test event
      </LockedAction>
    );
  }
  return (
    <Button size="sm" className="touch:h-11 max-sm:px-2" onClick={onTest} pending={pending}>
      Send test event
    </Button>
  );
}
