"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FilePenLine, Layers } from "lucide-react";
import { useState } from "react";
import { draftPath, incidentPath } from "@/lib/paths";
import { nameOf, namesQuery } from "@/lib/queries/names";
import { foundRecordsQuery } from "@/lib/queries/palette";
import type { CommandPaletteProps, PaletteGroup } from "./command-palette";
import { useSettled } from "./use-settled";

const pauseMs = 200;
const lettersMin = 2;

/** Drafts and incidents that hold what is typed into the palette, a moment after the last key. */
export function usePaletteSearch(): Pick<CommandPaletteProps, "groups" | "onQueryChange" | "searching"> {
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const asked = useSettled(typed.trim(), pauseMs);
  const wanted = asked.length >= lettersMin ? asked : "";
  const found = useQuery({ ...foundRecordsQuery(wanted), enabled: wanted !== "" });
  const records = wanted !== "" && typed.trim() !== "" ? found.data : undefined;
  // Looked up, not asked for: the shell stands above what the page brings along, and a question of its own would keep the
  // names that came with it from the first paint.
  const name = nameOf(client.getQueryData(namesQuery().queryKey));
  // What was found by its text need not hold the letters in its title: the search itself is a word that finds it.
  const groups: PaletteGroup[] = [
    {
      heading: "Drafts",
      items: (records?.drafts ?? []).map((draft) => ({
        id: draft.draft_id,
        label: draft.title ?? draft.event_type,
        keywords: [wanted, typed],
        hint: draft.component ?? (draft.project_id && name.project(draft.project_id)),
        icon: <FilePenLine aria-hidden className="text-muted-foreground" />,
        href: draftPath(draft.draft_id),
      })),
    },
    {
      heading: "Incidents",
      items: (records?.incidents ?? []).map((incident) => ({
        id: incident.incident_id,
        label: incident.title,
        keywords: [wanted, typed],
        hint: `${incident.occurrence_count.toLocaleString("en-GB")}×`,
        icon: <Layers aria-hidden className="text-muted-foreground" />,
        href: incidentPath(incident.incident_id),
      })),
    },
  ].filter((group) => group.items.length > 0);
  return { groups, onQueryChange: setTyped, searching: found.isFetching || typed.trim() !== asked };
}
