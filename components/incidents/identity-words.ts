const words: Record<string, string> = {
  client: "Reporter's fingerprint",
  type: "Exception type",
  template: "Message template",
  cause: "Root cause",
  frames: "Top in-app frames",
  event: "Event",
  component: "Component",
  file: "File",
  attribute: "Added by a rule",
  group: "Grouped by a rule",
  split: "Split off by",
};

const attributes: Record<string, string> = {
  release: "Release",
  environment: "Environment",
  level: "Level",
  risk_level: "Risk",
  file_name: "File",
  process: "Process",
  actor: "Actor",
  message: "Message",
  title: "Title",
};

/** An attribute of a sighting by its name. */
export const attributeWord = (name: string): string =>
  Object.hasOwn(attributes, name) ? (attributes[name] ?? name) : name;

/** A part of the identity by its name (D-13). */
export function identityWord(name: string): string {
  if (Object.hasOwn(words, name)) return words[name] ?? name;
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/** Frames read from the outside in. */
export function identityValue(name: string, value: string): string {
  return name === "frames" ? value.split(" < ").reverse().join(" › ") : value;
}

/** What does not take part, so that it may differ between two sightings of one incident. */
export function leftOutOfIdentity(partNames: readonly string[]): string {
  if (partNames.includes("client")) return "everything else: the reporter decides what is the same";
  const values = partNames.includes("template")
    ? "numbers, ids, times, names of users, hosts, paths and links in the message, "
    : partNames.includes("reason")
      ? "ids, times, addresses, paths and links in the reason, but not its numbers; "
      : "";
  return `${values}run and session, host, line numbers, severity`;
}
