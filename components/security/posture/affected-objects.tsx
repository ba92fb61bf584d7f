import Link from "next/link";
import type { AffectedObjectWire } from "@/lib/contracts/posture";
import { useNames } from "@/lib/queries/names";
import { kindWord, objectName, objectPath } from "./posture-words";

/** What a finding is about, each with the screen that shows it where there is one. */
export function AffectedObjects({ objects }: { objects: readonly AffectedObjectWire[] }) {
  return (
    <ul aria-label="About" className="flex flex-wrap gap-x-4 gap-y-1 text-12">
      {objects.map((object) => (
        <li key={`${object.kind}:${object.id}`} className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
          <span className="text-muted-foreground">{kindWord(object)}</span>
          <Named object={object} />
          {object.tools ? (
            <span className="font-mono break-all text-muted-foreground">{object.tools.join(", ")}</span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Named({ object }: { object: AffectedObjectWire }) {
  const name = useNames();
  if (object.kind === "safety_defaults") {
    return (
      <Link href={objectPath(object) ?? ""} className="link">
        of this deployment
      </Link>
    );
  }
  const path = objectPath(object);
  const named = objectName(object, name);
  const look = named === object.id ? "font-mono break-all" : "break-words";
  if (!path)
    return (
      <span className={look} title={object.id}>
        {named}
      </span>
    );
  return (
    <Link href={path} className={`link ${look}`} title={object.id}>
      {named}
    </Link>
  );
}
