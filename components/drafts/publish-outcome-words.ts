import type { PostWire } from "@/lib/contracts/post";
import { counted } from "./draft-words";

export type OutcomeWords = { title: string; description: string; footnote: string };

type Course = { pending: boolean; stopped: boolean; refused: boolean };

/** The whole publish in a headline, from how each delivery stands now. */
export function outcomeOf(states: readonly (PostWire["state"] | undefined)[], course: Course): OutcomeWords {
  if (course.stopped) {
    return {
      title: "Approval is needed again",
      description: "What would leave is not what was approved, so nothing was sent.",
      footnote: "",
    };
  }
  const published = states.filter((state) => state === "published").length;
  const moving = states.filter(
    (state) => state === "due" || state === "sending" || state === "retrying",
  ).length;
  const where = counted(states.length, "destination");
  if (published === states.length) {
    return {
      title: `Published to ${where}`,
      description: "Each one has a receipt that proves what was sent.",
      footnote: "",
    };
  }
  if (course.pending) {
    return {
      title: `Publishing to ${where}`,
      description: "Waiting up to 10 s for the receipts.",
      footnote: "",
    };
  }
  if (moving > 0) {
    return {
      title: `${published} of ${where} published so far`,
      description: "The rest goes on in the background and is tried again by itself.",
      footnote: "This list follows.",
    };
  }
  if (course.refused && published === 0) {
    return { title: "Not published", description: "No destination took it.", footnote: "" };
  }
  return {
    title: `${published} of ${where} published`,
    description: "What did not arrive says why, and can be published again.",
    footnote: "",
  };
}
