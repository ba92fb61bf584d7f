import { CodeBlock } from "@/components/layout/code-block";
import { RedactedText } from "@/components/state/redacted-text";
import { issueBlocks } from "./issue-blocks";
import { SaidText } from "./said-text";

/** The issue's Markdown as a tracker draws it, as far as triage writes any; of anything else the text stays in sight. */
export function IssueRendered({ body }: { body: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 px-3 py-2 font-sans text-13 leading-5">
      {issueBlocks(withoutComments(body)).map((block, index) => {
        const key = `${index} ${block.kind}`;
        switch (block.kind) {
          case "heading":
            return (
              <h3 key={key} className="mt-1 font-semibold break-words first:mt-0">
                <SaidText text={block.text} />
              </h3>
            );
          case "code":
            return (
              <CodeBlock key={key} inset label="Lines in the issue">
                <pre className="px-2.5 py-0.5 text-12 leading-[18px] break-words whitespace-pre-wrap">
                  <RedactedText text={block.text} />
                </pre>
              </CodeBlock>
            );
          case "list": {
            const List = block.ordered ? "ol" : "ul";
            return (
              <List key={key} className={block.ordered ? "list-decimal pl-5" : "list-disc pl-5"}>
                {block.items.map((item, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: items of an issue never move
                  <li key={at} className="break-words whitespace-pre-wrap">
                    <SaidText text={item} />
                  </li>
                ))}
              </List>
            );
          }
          case "text":
            return (
              <p key={key} className="break-words whitespace-pre-wrap">
                {/^_[^_\n]+_$/.test(block.text) ? (
                  <em>
                    <SaidText text={block.text.slice(1, -1)} />
                  </em>
                ) : (
                  <SaidText text={block.text} />
                )}
              </p>
            );
        }
      })}
    </div>
  );
}

/** The markers at the end, which a tracker hides and programs read. */
const withoutComments = (body: string) => body.replace(/(?:\n*<!--[^\n]*-->\s*)+$/, "");
