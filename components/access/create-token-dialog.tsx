"use client";

import { OnceShownDialog } from "@/components/settings/once-shown-dialog";
import { useCreateToken } from "@/lib/queries/access";
import { CreateTokenForm } from "./create-token-form";
import { TokenReveal } from "./token-reveal";

/** Makes a token, then shows it once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateToken();
  const made = create.data;
  return (
    <OnceShownDialog shown={made !== undefined} onClose={onClose}>
      {made ? (
        <TokenReveal token={made.token} rawToken={made.raw_token} onDone={onClose} />
      ) : (
        <CreateTokenForm
          pending={create.isPending}
          error={create.error}
          onCreate={(input) => create.mutate(input)}
        />
      )}
    </OnceShownDialog>
  );
}
