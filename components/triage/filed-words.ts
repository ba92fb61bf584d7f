import type { ResearchWire } from "@/lib/contracts/triage-phase";

type Asked = NonNullable<ResearchWire["filed_before"]>[number];

export const askedWords: Record<Asked["asked"], string> = {
  markers: "asked by our marker",
  titles: "asked by our marker and the title",
};

export const filedWords: Record<Asked["issues"][number]["match"], string> = {
  own_receipt: "filed by us",
  same_marker: "carries this failure's marker",
  same_title: "the same title and no more",
};

/** What publishing there would come to; null where there was no answer. */
export function meansWords(asked: Asked): string | null {
  if (asked.not_asked) return null;
  const same = asked.issues.filter(({ match }) => match !== "same_title");
  const leading = same.find(({ state }) => state === "open") ?? same[0];
  if (!leading) {
    return asked.issues.length > 0
      ? "None carries this failure's marker, so publishing files a new issue."
      : "No issue carries this failure's marker.";
  }
  if (leading.state === "closed")
    return `The failure came back: it would be filed as a regression of ${leading.reference}.`;
  return `Publishing ${asked.comments_on_open ? "comments on" : "links"} ${leading.reference} and files no second issue.`;
}
