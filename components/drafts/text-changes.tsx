import { Diff } from "@/components/layout/diff";
import { lineDiff } from "@/components/layout/line-diff";
import type { TextChangeWire } from "@/lib/contracts/draft";

const parts: Record<string, string> = { draft: "Draft", policy: "Policy", payload: "Payload" };

/** What reads differently, text by text, as lines that came and went. */
export function TextChanges({ changes }: { changes: readonly TextChangeWire[] }) {
  return (
    <div className="flex flex-col gap-2 pt-1">
      {changes.map((change) => (
        <div key={change.name}>
          <p className="mb-0.5 text-12 font-medium break-words">{nameOf(change.name)}</p>
          <Diff
            label={`What changed in ${nameOf(change.name)}`}
            lines={lineDiff(change.before ?? "", change.after ?? "").filter(
              (line) => line.kind !== "same" && line.text !== "",
            )}
            className="relative max-h-48 overflow-y-auto [&>ol]:min-w-0 [&_li]:grid-cols-[36px_14px_minmax(0,1fr)]! [&_li]:break-words [&_li]:whitespace-pre-wrap"
          />
        </div>
      ))}
    </div>
  );
}

/** `payload.hook.Summary` as "Payload hook: Summary". */
function nameOf(name: string): string {
  const [part = "", ...rest] = name.split(".");
  if (!Object.hasOwn(parts, part) || rest.length === 0) return name;
  const words = (text: string) => text.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  if (part !== "payload") return `${parts[part]}: ${words(rest.join("."))}`;
  return `Payload ${rest[0]}: ${rest.slice(1).join(".")}`;
}
