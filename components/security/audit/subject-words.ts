import { shortId } from "@/components/drafts/draft-words";
import type { AuditEntryWire } from "@/lib/contracts/audit";
import {
  accessPath,
  destinationsPath,
  draftPath,
  incidentPath,
  receiptPath,
  routingPath,
  sourcesPath,
} from "@/lib/paths";
import type { NameOf } from "@/lib/queries/names";

type Subject = Pick<AuditEntryWire, "subject_kind" | "subject_id">;
export type AccessNames = Readonly<Record<"user" | "token", Readonly<Record<string, string>>>>;

/** What an entry is about: "draft c7425cf4", "token Nightly export". The whole id is what the entry itself shows. */
export function subjectWords(subject: Subject, name: NameOf, access: AccessNames): string {
  return `${subject.subject_kind.replaceAll("_", " ")} ${subjectName(subject, name, access)}`;
}

function subjectName({ subject_kind: kind, subject_id: id }: Subject, name: NameOf, access: AccessNames) {
  if (kind === "user" || kind === "token") {
    const { [kind]: known } = access;
    return (Object.hasOwn(known, id) && known[id]) || briefId(id);
  }
  if (kind === "project" || kind === "destination" || kind === "route") return name[kind](id);
  if (kind === "log_source") {
    const [project = "", ...source] = id.split("/");
    return [name.project(project), ...source].join(" / ");
  }
  return briefId(id);
}

/** An id that this product made is told by the start of its digits; one that people gave is their word. */
const briefId = (id: string): string => (/[-_][0-9a-f]{32}$/.test(id) ? shortId(id) : id);

/** The screen that shows it; null where there is none of its own. */
export function subjectPath({ subject_kind: kind, subject_id: id }: Subject): string | null {
  switch (kind) {
    case "draft":
      return draftPath(id);
    case "incident":
      return incidentPath(id);
    case "post":
      return receiptPath(id);
    case "destination":
      return destinationsPath({ id });
    case "route":
      return routingPath({ route: id });
    case "project":
      return sourcesPath({ project: id });
    case "user":
      return accessPath({ user: id });
    default:
      return null;
  }
}
