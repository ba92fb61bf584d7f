import { CodeBlock } from "@/components/layout/code-block";
import { Fact, Facts } from "@/components/layout/facts";
import { RedactedText } from "@/components/state/redacted-text";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { fieldsOf } from "./parse-detail";

type Payload = NonNullable<DestinationReviewWire["payload"]>;

/** The payload as people read it. It is made from what will leave, so it shows neither more nor less. */
export function PayloadRendered({ payload }: { payload: Payload }) {
  const { title, sections } = payload.rendered;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h3 className="text-14 font-semibold text-balance break-words">
        <RedactedText text={title} />
      </h3>
      {sections.map((section) => (
        <div key={section.heading}>
          <h4 className="mb-0.5 text-[12.5px] leading-5 font-semibold">{section.heading}</h4>
          {section.code ? (
            <CodeBlock inset label={section.heading}>
              <pre className="px-2.5 py-0.5 text-12 leading-[18px] break-words whitespace-pre-wrap">
                <RedactedText text={section.text} />
              </pre>
            </CodeBlock>
          ) : (
            <div className="flex flex-col gap-2">
              {section.text.split("\n\n").map((block, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a payload never move
                <Block key={index} text={block} />
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

/** `name: value` lines become facts; anything else stays as it was written. */
function Block({ text }: { text: string }) {
  const fields = fieldsOf(text);
  if (!fields) {
    return (
      <p className="break-words whitespace-pre-wrap">
        <RedactedText text={text} />
      </p>
    );
  }
  return (
    <Facts className="[--term:104px] sm:[--term:128px]">
      {fields.map(({ name, value }) => (
        <Fact key={name} term={name.replaceAll("_", " ")}>
          <RedactedText text={value} />
        </Fact>
      ))}
    </Facts>
  );
}
