"use client";

import { notify } from "@/components/layout/notify";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { OnceShownDialog } from "@/components/settings/once-shown-dialog";
import { SecretReveal } from "@/components/settings/secret-reveal";
import { Button } from "@/components/ui/button";
import type { UserWire } from "@/lib/contracts/access";
import { useMakePasswordReset } from "@/lib/queries/access";
import { handOver } from "./hand-over";

/** For somebody who forgot theirs: a link with which they set another one. */
export function PersonPassword({ user }: { user: UserWire }) {
  const make = useMakePasswordReset();
  const made = make.data;
  const failed = (error: Error) =>
    notify("blocked", "There is no link", { description: error.message, sticky: true });
  return (
    <Section title="Password">
      <p className="max-w-140 text-muted-foreground">
        Forgotten? A link lets {user.name} set another one. It works once, for 24 hours; using it ends every
        session of theirs. One-time codes stay.
      </p>
      <div className="mt-2">
        <Button
          className="touch:h-11"
          pending={make.isPending}
          onClick={() => make.mutate(user.user_id, { onError: failed })}
        >
          Make a reset link
        </Button>
      </div>
      {made ? (
        <OnceShownDialog shown onClose={make.reset}>
          <SecretReveal
            title={`Reset link for ${made.email}`}
            description={handOver(made, "whoever opens it first sets the password.")}
            lost="Only a hash is kept here. A lost link cannot be shown again; make a new one, which ends this one."
            secret={made.link}
            copyLabel="Copy link"
            done="I have handed it over, or copied it"
            onDone={make.reset}
          >
            <p>
              It works once, and ends <RelativeTime value={made.expires_at_ms} />. Until then the old password
              works on.
            </p>
          </SecretReveal>
        </OnceShownDialog>
      ) : null}
    </Section>
  );
}
