"use client";

import { LockedAction } from "@/components/layout/locked-action";
import { Button } from "@/components/ui/button";
import { usePermission } from "@/lib/queries/session";
import type { DestinationKind } from "./kinds";

type TestButtonProps = {
  kind: DestinationKind;
  isSaved: boolean;
  isEdited: boolean;
  pending: boolean;
  onTest: () => void;
};

/** A test of a tracker reads and files nothing, and one of a local kind records nothing: neither is called an event. */
const testWords: Partial<Record<DestinationKind, string>> = {
  ...{ github_issue: "Test access", linear_issue: "Test access" },
  ...{ telemetry: "Test", internal_memory: "Test" },
};

/** Asks the destination whether it would take a delivery. It uses what is saved, so it waits for unsaved changes. */
export function TestButton({ kind, isSaved, isEdited, pending, onTest }: TestButtonProps) {
  const permission = usePermission("testDestination");
  const words = testWords[kind] ?? "Send test event";
  const why = !permission.allowed
    ? "Sending a test needs the admin role."
    : !isSaved
      ? "Save it first: the test uses what is saved."
      : isEdited
        ? "Save or discard first: the test uses what is saved."
        : null;
  if (why) {
    return (
      <LockedAction size="sm" className="touch:h-11 max-sm:px-2" unlocks={why} quiet>
        {words}
      </LockedAction>
    );
  }
  return (
    <Button size="sm" className="touch:h-11 max-sm:px-2" onClick={onTest} pending={pending}>
      {words}
    </Button>
  );
}
