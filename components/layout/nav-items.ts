import {
  BookOpen,
  ClipboardCheck,
  FilePenLine,
  FileText,
  FlaskConical,
  Gauge,
  History,
  IdCard,
  Inbox,
  Layers,
  ListTree,
  type LucideIcon,
  RadioTower,
  ReceiptText,
  ScrollText,
  Send,
  Shield,
  ShieldAlert,
  Siren,
  Split,
  Swords,
  Users,
} from "lucide-react";
import {
  accessPath,
  apiReferencePath,
  assessmentReportsPath,
  auditPath,
  breakGlassPath,
  cardsPath,
  destinationsPath,
  draftsPath,
  governanceMetricsPath,
  inboxPath,
  incidentsPath,
  inventoryPath,
  posturePath,
  probesPath,
  productionPath,
  reassessmentsPath,
  receiptsPath,
  routingPath,
  safetyPath,
  scenariosPath,
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
  | "access"
  | "inventory"
  | "posture"
  | "probes"
  | "scenarios"
  | "metrics"
  | "report"
  | "reassessments"
  | "cards"
  | "production"
  | "break-glass"
  | "audit"
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
      { id: "access", label: "People and tokens", href: accessPath(), Icon: Users },
    ],
  },
  {
    id: "security",
    label: "Security",
    items: [
      { id: "inventory", label: "Authority inventory", href: inventoryPath(), Icon: ListTree },
      { id: "posture", label: "Posture", href: posturePath(), Icon: ShieldAlert },
      { id: "probes", label: "Probes", href: probesPath(), Icon: FlaskConical },
      { id: "scenarios", label: "Scenarios", href: scenariosPath(), Icon: Swords },
      { id: "metrics", label: "Governance metrics", href: governanceMetricsPath(), Icon: Gauge },
      { id: "report", label: "Assessment report", href: assessmentReportsPath(), Icon: FileText },
      { id: "reassessments", label: "Reassessments", href: reassessmentsPath(), Icon: History },
      { id: "cards", label: "Deployment cards", href: cardsPath(), Icon: IdCard },
      { id: "production", label: "Production governance", href: productionPath(), Icon: ClipboardCheck },
      { id: "break-glass", label: "Break-glass reviews", href: breakGlassPath(), Icon: Siren },
      { id: "audit", label: "Audit", href: auditPath(), Icon: ScrollText },
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
