import { Disclosure } from "@/components/drafts/disclosure";
import { counted } from "@/components/drafts/draft-words";
import { Section } from "@/components/layout/section";
import { CodeWindow, type CodeWindowWire } from "./code-window";
import { HandedIn } from "./handed-in";

type CodeSectionProps = { windows: readonly CodeWindowWire[]; by: string; scope: string };

/** The code where it broke, nearest first; the callers behind it on demand. */
export function CodeSection({ windows, by, scope }: CodeSectionProps) {
  const [first, ...rest] = windows;
  if (!first) return null;
  return (
    <Section title="Code" count={counted(windows.length, "place")}>
      <HandedIn by={by} />
      <CodeWindow window={first} scope={scope} />
      {rest.length > 0 ? (
        <Disclosure summary={counted(rest.length, "other place")}>
          <div className="flex flex-col gap-2 pt-1">
            {rest.map((each) => (
              <CodeWindow key={`${each.path}:${each.from_line}`} window={each} scope={scope} />
            ))}
          </div>
        </Disclosure>
      ) : null}
    </Section>
  );
}
