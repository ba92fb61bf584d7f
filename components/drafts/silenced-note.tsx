import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { Alert } from "@/components/ui/alert";
import type { DraftWire } from "@/lib/contracts/draft";
import { silencesPath } from "@/lib/paths";

/** A silence holds this draft: why, until when, and where it can be ended. */
export function SilencedNote({ silenced }: Pick<DraftWire, "silenced">) {
  if (!silenced) return null;
  return (
    <Alert
      tone="waiting"
      title="Silenced."
      className="mt-3"
      action={
        <Link href={silencesPath({ id: silenced.silence_id })} className="link text-12">
          See the silence
        </Link>
      }
    >
      Nothing of it is sent until <RelativeTime value={silenced.until_ms} format="minute" />,{" "}
      <RelativeTime value={silenced.until_ms} />: {silenced.reason}
    </Alert>
  );
}
