/** A link that lets somebody in, sent to its address: an invitation, or another password. No notice, and nothing of a report. */
export type AccessMessage = {
  about: "invitation" | "password_reset";
  /** What the link's secret is made from, together with the host's own. */
  linkId: string;
  /** Who made it. */
  by: string;
  expiresAtMs: number;
};

/** Are links mailed there? An address of this machine alone is the first admin's before it was given a real one. */
export const isMailable = (email: string): boolean => !email.endsWith("@localhost");

export const accessSubject = ({ about }: AccessMessage): string =>
  about === "invitation"
    ? "You are invited to Incident Monitor"
    : "Set another password for Incident Monitor";

/** Plain text, so that nothing in it can be drawn, fetched or followed unseen. */
export function accessText(message: AccessMessage, link: string): string {
  const by = oneLine(message.by);
  const until = `${new Date(message.expiresAtMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const what =
    message.about === "invitation"
      ? `${by} invited you to Incident Monitor. Join here, with a name and a password of yours:`
      : `${by} made a link with which you can set another password for Incident Monitor:`;
  return [
    what,
    "",
    `  ${link}`,
    "",
    `It works once, until ${until}. Whoever opens it first can use it: do not pass it on.`,
    "If you do not know why you were sent this, leave it unopened and tell your administrator.",
    "",
  ].join("\n");
}

/** A name is its owner's own words: no line of the message may be made with it. */
const oneLine = (name: string): string =>
  name
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, 100) || "An administrator";
