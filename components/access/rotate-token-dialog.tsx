"use client";

import { OnceShownDialog } from "@/components/settings/once-shown-dialog";
import { RotateSecretForm } from "@/components/settings/rotate-secret-form";
import type { ApiTokenWire } from "@/lib/contracts/access";
import { useRotateToken } from "@/lib/queries/access";
import { TokenReveal } from "./token-reveal";

/** How long the old token still works and the new one lives; then the new value, once. */
export function RotateTokenDialog({ token, onClose }: { token: ApiTokenWire; onClose: () => void }) {
  const rotate = useRotateToken();
  const made = rotate.data;
  return (
    <OnceShownDialog shown={made !== undefined} onClose={onClose}>
      {made ? (
        <TokenReveal token={made.token} rawToken={made.raw_token} previous={made.previous} onDone={onClose} />
      ) : (
        <RotateSecretForm
          noun="token"
          name={token.name}
          description="A new token of the same kind and scopes. Both work until the old one ends."
          dayHelp="Enough for what runs daily"
          neverExpires={token.expires_at_ms === undefined}
          pending={rotate.isPending}
          error={rotate.error}
          onRotate={(input) => rotate.mutate({ token_id: token.token_id, ...input })}
        />
      )}
    </OnceShownDialog>
  );
}
