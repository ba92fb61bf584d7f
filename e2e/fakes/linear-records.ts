import { parseLinearMarkers } from "@/lib/destinations/linear-payload";

export type FakeLinearIssue = {
  id: string;
  identifier: string;
  title: string;
  description: string | null;
  priority: number;
  teamId: string;
  projectId: string | null;
  labelIds: string[];
  state: { id: string; name: string; type: string };
  createdAtMs: number;
  archivedAtMs: number | null;
  comments: Array<{ id: string; body: string }>;
};

const teams = [
  { id: "team-shop", key: "SHOP", name: "Shop" },
  { id: "team-bank", key: "BANK", name: "Bank" },
];
const projects = [
  { id: "project-reliability", name: "Reliability", slugId: "rel-1", teamIds: ["team-shop"] },
  { id: "project-ledger", name: "Ledger", slugId: "led-1", teamIds: ["team-bank"] },
];
const labels = [
  { id: "label-monitor", name: "incident-monitor", teamId: null },
  { id: "label-bank", name: "ledger", teamId: "team-bank" },
];

type Comparator = { eq?: string; eqIgnoreCase?: string; in?: string[]; contains?: string } | undefined;
const passes = (comparator: Comparator, value: string | null): boolean => {
  if (!comparator) return true;
  const text = value ?? "";
  return (
    (comparator.eq === undefined || text === comparator.eq) &&
    (comparator.eqIgnoreCase === undefined || text.toLowerCase() === comparator.eqIgnoreCase.toLowerCase()) &&
    (comparator.in === undefined || comparator.in.includes(text)) &&
    (comparator.contains === undefined || text.includes(comparator.contains))
  );
};
type Filter = { or?: Filter[] } & Record<string, unknown>;
const matches = (filter: Filter | undefined, record: Record<string, string | null>): boolean => {
  if (!filter) return true;
  const { or, ...fields } = filter;
  const own = Object.entries(fields).every(([field, comparator]) =>
    passes(comparator as Comparator, record[field] ?? null),
  );
  return own && (!or || or.some((each) => matches(each, record)));
};
const nodes = <Node>(found: Node[], first = 50) => ({ nodes: found.slice(0, first) });

/** What the fake Linear keeps, as the resolvers of its schema. Reads show an issue only `lag` reads after it was made. */
export class LinearRecords {
  readonly issues: FakeLinearIssue[] = [];
  lag = 0;
  webOrigin = "";
  #reads = 0;
  #visibleFrom = new Map<string, number>();

  readonly resolvers = {
    teams: ({ first, filter }: { first?: number; filter?: Filter }) =>
      nodes(
        teams.filter((team) => matches(filter, team)),
        first,
      ),
    projects: ({ first, filter }: { first?: number; filter?: Filter }) =>
      nodes(
        projects
          .filter(({ id, name, slugId }) => matches(filter, { id, name, slugId }))
          .map((each) => ({ ...each, teams: nodes(teams.filter(({ id }) => each.teamIds.includes(id))) })),
        first,
      ),
    issueLabels: ({ first, filter }: { first?: number; filter?: Filter }) =>
      nodes(
        labels
          .filter(({ id, name }) => matches(filter, { id, name }))
          .map((each) => ({ ...each, team: teams.find(({ id }) => id === each.teamId) ?? null })),
        first,
      ),
    issues: (given: { first?: number; includeArchived?: boolean; filter?: Filter & { team?: Filter } }) => {
      const { team, ...filter } = given.filter ?? {};
      const found = this.#shown()
        .filter((issue) => given.includeArchived || issue.archivedAtMs === null)
        .filter((issue) =>
          matches(filter, { id: issue.id, title: issue.title, description: issue.description }),
        )
        .filter((issue) => matches(team, teams.find(({ id }) => id === issue.teamId) ?? {}));
      return nodes(
        found.map((issue) => this.#node(issue)),
        given.first,
      );
    },
    comments: ({ filter }: { filter?: Filter }) =>
      nodes(
        this.#shown().flatMap((issue) =>
          issue.comments
            .filter(({ id }) => matches(filter, { id }))
            .map((each) => ({
              ...each,
              url: `${this.#url(issue)}#comment-${each.id}`,
              issue: this.#node(issue),
            })),
        ),
      ),
    issueCreate: ({ input }: { input: Record<string, unknown> }) => ({
      success: true,
      issue: this.#node(this.add(input as Partial<FakeLinearIssue>)),
    }),
    commentCreate: ({ input }: { input: { id?: string; issueId: string; body: string } }) => {
      const issue = this.issues.find(({ id }) => id === input.issueId);
      if (!issue) throw new Error("Entity not found");
      const id = input.id ?? `comment-${issue.comments.length + 1}`;
      if (issue.comments.some((each) => each.id === id)) throw new Error("Entity already exists");
      const made = { id, body: input.body };
      issue.comments.push(made);
      return { success: true, comment: { ...made, url: `${this.#url(issue)}#comment-${id}` } };
    },
  };

  /** Counts a read of lists: the lag of the search passes by reads. */
  countRead(): void {
    this.#reads += 1;
  }

  add(given: Partial<FakeLinearIssue>): FakeLinearIssue {
    const id = given.id ?? `issue-${this.issues.length + 1}`;
    if (this.issues.some((each) => each.id === id)) throw new Error("Entity already exists");
    const issue: FakeLinearIssue = {
      ...{ title: "", description: null, priority: 0, teamId: "team-shop", projectId: null, labelIds: [] },
      ...{
        state: { id: "s-1", name: "Todo", type: "unstarted" },
        createdAtMs: Date.now(),
        archivedAtMs: null,
      },
      ...given,
      ...{ id, identifier: `SHOP-${this.issues.length + 1}`, comments: given.comments ?? [] },
    };
    this.issues.push(issue);
    this.#visibleFrom.set(id, this.#reads + this.lag + 1);
    return issue;
  }

  effects(): Map<string, number> {
    const counts = new Map<string, number>();
    const texts = this.issues.flatMap((each) => [each.description, ...each.comments.map(({ body }) => body)]);
    for (const text of texts) {
      const key = parseLinearMarkers(text).delivery;
      if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  #shown(): FakeLinearIssue[] {
    return this.issues
      .filter(({ id }) => (this.#visibleFrom.get(id) ?? 0) <= this.#reads)
      .sort((left, right) => right.createdAtMs - left.createdAtMs);
  }

  #url = (issue: FakeLinearIssue) => `${this.webOrigin}/acme/issue/${issue.identifier}`;

  #node(issue: FakeLinearIssue) {
    const archivedAt = issue.archivedAtMs === null ? null : new Date(issue.archivedAtMs).toISOString();
    return {
      ...issue,
      url: this.#url(issue),
      createdAt: new Date(issue.createdAtMs).toISOString(),
      archivedAt,
    };
  }
}
