import { PageNav } from "@/components/layout/page-nav";
import { routingPath, shadowDecisionsPath, silencesPath } from "@/lib/paths";

const pages = [
  { label: "Routes", href: routingPath() },
  { label: "Silences", href: silencesPath() },
  { label: "Shadow decisions", href: shadowDecisionsPath() },
];

/** The three pages of Routing: what goes where, what is held for a while, and what is only being tried. */
export function RoutingNav() {
  return <PageNav label="Routing" pages={pages} />;
}
