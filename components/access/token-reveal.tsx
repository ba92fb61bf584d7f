"use client";

import { CodeBlock } from "@/components/layout/code-block";
import { RelativeTime } from "@/components/layout/relative-time";
import { SecretReveal } from "@/components/settings/secret-reveal";
import type { ApiTokenWire } from "@/lib/contracts/access";
import { api } from "@/lib/paths";
import { kindWord, permissionWord } from "./access-words";

type TokenRevealProps = {
  token: ApiTokenWire;
  rawToken: string;
  /** The token it takes over from, with its end. */
  previous?: ApiTokenWire;
  onDone: () => void;
};

/** The one time a token's value is shown, with a call to try it. */
export function TokenReveal({ token, rawToken, previous, onDone }: TokenRevealProps) {
  const curl = [
    `curl -fsS "${typeof location === "undefined" ? "" : location.origin}${api.session()}"`,
    '  -H "Authorization: Bearer $INCIDENT_MONITOR_TOKEN"',
  ].join(" \\\n");
  return (
    <SecretReveal
      title={`Token ${token.name}`}
      description={
        token.scopes.length === 0
          ? `${kindWord(token.kind)}: it may do all that its kind may.`
          : `${kindWord(token.kind)}, narrowed to: ${token.scopes.map((scope) => permissionWord[scope].toLowerCase()).join(", ")}.`
      }
      lost="Only a hash is kept here. A lost token cannot be shown again; rotate it or make a new one."
      secret={rawToken}
      copyLabel="Copy token"
      done="I have stored it"
      onDone={onDone}
    >
      {previous ? (
        <p>
          The old token, <code>{previous.prefix}…</code>, ends <RelativeTime value={previous.expires_at_ms} />
          . Until then both work.
        </p>
      ) : null}
      <CodeBlock
        title={
          <>
            What it may do, asked with the token as <code>INCIDENT_MONITOR_TOKEN</code>
          </>
        }
        label="curl call"
        copy={curl}
        wrap={false}
      >
        {curl}
      </CodeBlock>
    </SecretReveal>
  );
}
