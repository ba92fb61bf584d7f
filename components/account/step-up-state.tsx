"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { useNow } from "@/components/layout/use-now";

/** Whether this session has just proven its person: dangerous decisions ask for it. */
export function StepUpState({ untilMs }: { untilMs: number | undefined }) {
  const now = useNow();
  const holds = untilMs !== undefined && (now === null || untilMs > now);
  return (
    <Section title="Proof for dangerous decisions">
      <p>
        {holds ? (
          <>
            You have just proven that it is you: it holds for this session,{" "}
            <RelativeTime value={untilMs} format="left" />.
          </>
        ) : (
          "Not given in this session lately. Whatever is dangerous asks for it when it comes to it, and it then holds for ten minutes."
        )}
      </p>
    </Section>
  );
}
