"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { Section } from "@/components/layout/section";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import type { UserWire } from "@/lib/contracts/access";
import { useRemoveUser, useSetUserDisabled } from "@/lib/queries/access";

type PersonStandingProps = { user: UserWire; isOwn: boolean; onRemoved: () => void };

/** Keep out, let in again, or remove: each asked once more, with what it ends. */
export function PersonStanding({ user, isOwn, onRemoved }: PersonStandingProps) {
  const setDisabled = useSetUserDisabled();
  const remove = useRemoveUser();
  const [asking, setAsking] = useState<"disable" | "remove" | null>(null);
  const disabled = user.disabled_at_ms !== undefined;
  const failed = (error: Error) => notifyFailure(`${user.name} stays as they were`, error);
  if (isOwn) {
    return (
      <Section title="Account">
        <p className="text-muted-foreground">
          Nobody disables or removes their own account. Another admin can do it for you.
        </p>
      </Section>
    );
  }
  return (
    <Section title="Account">
      <div className="flex flex-wrap gap-2">
        {disabled ? (
          <Button
            className="touch:h-11"
            pending={setDisabled.isPending}
            onClick={() =>
              setDisabled.mutate(
                { user_id: user.user_id, disabled: false },
                { onSuccess: () => notify("approved", `${user.name} may sign in again`), onError: failed },
              )
            }
          >
            Enable
          </Button>
        ) : (
          <Button variant="destructive" className="touch:h-11" onClick={() => setAsking("disable")}>
            Disable…
          </Button>
        )}
        <Button variant="destructive" className="touch:h-11" onClick={() => setAsking("remove")}>
          Remove…
        </Button>
      </div>
      <ConfirmDialog
        open={asking === "disable"}
        onOpenChange={(open) => open || setAsking(null)}
        title={`Disable ${user.name}?`}
        confirm="Disable"
        onConfirm={() =>
          setDisabled.mutate(
            { user_id: user.user_id, disabled: true },
            { onSuccess: () => notify("cancelled", `${user.name} is disabled`), onError: failed },
          )
        }
      >
        <p>
          {user.session_count > 0 ? `${plural(user.session_count, "session")} of theirs ends at once. ` : ""}
          They cannot sign in until somebody enables them again. Their roles stay.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "remove"}
        onOpenChange={(open) => open || setAsking(null)}
        title={`Remove ${user.name}?`}
        confirm="Remove"
        onConfirm={() =>
          remove.mutate(user.user_id, {
            onSuccess: () => {
              notify("cancelled", `${user.name} is removed`);
              onRemoved();
            },
            onError: failed,
          })
        }
      >
        <p>
          The account, its roles and its sessions go, and this cannot be undone. What they decided stays on
          record under their name. To come back they need a new invitation.
        </p>
      </ConfirmDialog>
    </Section>
  );
}
