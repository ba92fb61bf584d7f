import {
  BookOpen,
  FilePenLine,
  Inbox,
  Layers,
  type LucideIcon,
  RadioTower,
  ReceiptText,
  Send,
  Shield,
  Split,
} from "lucide-react";
import {
  apiReferencePath,
  destinationsPath,
  draftsPath,
  inboxPath,
  incidentsPath,
  receiptsPath,
  routingPath,
  safetyPath,
  sourcesPath,
} from "@/lib/paths";

export type NavId =
  | "inbox"
  | "drafts"
  | "incidents"
  | "receipts"
  | "sources"
  | "destinations"
  | "routing"
  | "safety"
  | "api";

export type NavItem = { id: NavId; label: string; href: string; Icon: LucideIcon };
export type NavGroup = { id: string; label?: string; items: readonly NavItem[] };

/** The screens that exist, in the order of the work. */
export const navGroups: readonly NavGroup[] = [
  {
    id: "work",
    items: [
      { id: "inbox", label: "Inbox", href: inboxPath(), Icon: Inbox },
      { id: "drafts", label: "Drafts", href: draftsPath(), Icon: FilePenLine },
      { id: "incidents", label: "Incidents", href: incidentsPath(), Icon: Layers },
      { id: "receipts", label: "Receipts", href: receiptsPath(), Icon: ReceiptText },
    ],
  },
  {
    id: "settings",
    label: "Incident Monitor settings",
    items: [
      { id: "sources", label: "Sources", href: sourcesPath(), Icon: RadioTower },
      { id: "destinations", label: "Destinations", href: destinationsPath(), Icon: Send },
      { id: "routing", label: "Routing", href: routingPath(), Icon: Split },
      { id: "safety", label: "Safety defaults", href: safetyPath(), Icon: Shield },
    ],
  },
  {
    id: "help",
    label: "Help",
    items: [{ id: "api", label: "API reference", href: apiReferencePath(), Icon: BookOpen }],
  },
];

/** Is this item the page at hand, or the page that holds it? */
export function isCurrent(item: NavItem, pathname: string): boolean {
  return item.href === "/"
    ? pathname === "/"
    : pathname === item.href || pathname.startsWith(`${item.href}/`);
}
