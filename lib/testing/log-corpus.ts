/**
 * Lines as other people's systems write them, by template: `{slot}` is what varies from line to line, `{a|b}` one of some words.
 * Written for this project; every line of one template belongs together, and no two templates do.
 */
export const logTemplates: Record<string, readonly string[]> = {
  nginx: [
    '{int}#{int}: *{int} open() "{path}" failed (2: No such file or directory), client: {ip}, server: {host}, request: "GET {path} HTTP/1.1", host: "{host}"',
    '{int}#{int}: *{int} open() "{path}" failed (13: Permission denied), client: {ip}, server: {host}, request: "GET {path} HTTP/1.1", host: "{host}"',
    '{int}#{int}: *{int} upstream timed out (110: Connection timed out) while reading response header from upstream, client: {ip}, server: {host}, request: "POST {path} HTTP/2.0", upstream: "http://{ip}:{port}{path}", host: "{host}"',
    '{int}#{int}: *{int} upstream prematurely closed connection while reading response header from upstream, client: {ip}, server: {host}, request: "POST {path} HTTP/2.0", upstream: "http://{ip}:{port}{path}", host: "{host}"',
    "{int}#{int}: *{int} client intended to send too large body: {int} bytes, client: {ip}, server: {host}",
    "{int}#{int}: *{int} SSL_do_handshake() failed while SSL handshaking, client: {ip}, server: 0.0.0.0:443",
    "{int}#{int}: signal process started",
  ],
  haproxy: [
    "{ip}:{port} [{accessTime}] web~ app/web{small} {int}/{int}/{int}/{int}/{int} 503 {int} - - SC-- {int}/{int}/{int}/{int}/{int} {int}/{int}",
    "Server app/web{small} is DOWN, reason: Layer4 timeout, check duration: {int}ms. {small} active and {small} backup servers left.",
    "Server app/web{small} is UP, reason: Layer4 check passed, check duration: {int}ms. {small} active and {small} backup servers online.",
    "backend app has no server available!",
  ],
  postgresql: [
    'duplicate key value violates unique constraint "orders_number_key"',
    'duplicate key value violates unique constraint "users_email_key"',
    "process {int} still waiting for ShareLock on transaction {int} after {float} ms",
    "process {int} acquired ShareLock on transaction {int} after {float} ms",
    "could not send data to client: Broken pipe",
    "could not send data to client: Connection reset by peer",
    'relation "orders" does not exist at character {int}',
    'relation "refunds" does not exist at character {int}',
    "checkpoint complete: wrote {int} buffers ({float}%); {int} WAL file(s) added, {int} removed, {int} recycled; write={float} s, sync={float} s, total={float} s",
    'no pg_hba.conf entry for host "{ip}", user "{word}", database "shop", no encryption',
    "temporary file: path {quotedPath}, size {int}",
    "canceling statement due to statement timeout",
    "canceling statement due to lock timeout",
    "server process (PID {int}) was terminated by signal 9: Killed",
    "server process (PID {int}) was terminated by signal 11: Segmentation fault",
  ],
  mysql: [
    "ERROR 1062 (23000): Duplicate entry '{email}' for key 'users.email'",
    "ERROR 1205 (HY000): Lock wait timeout exceeded; try restarting transaction",
    "ERROR 1213 (40001): Deadlock found when trying to get lock; try restarting transaction",
    "Aborted connection {int} to db: 'shop' user: 'app' host: '{ip}' (Got timeout reading communication packets)",
    "Aborted connection {int} to db: 'shop' user: 'app' host: '{ip}' (Got an error reading communication packets)",
    "InnoDB: Buffer pool(s) load completed at {compactTime}",
    "InnoDB: page_cleaner: {int}ms intended loop took {int}ms. The settings might not be optimal.",
    "Slave I/O for channel '': error reconnecting to master 'repl@{ip}:{port}' - retry-time: {int} retries: {int}, Error_code: MY-002003",
  ],
  redis: [
    "{int}:M {dayTime} # Can't save in background: fork: Cannot allocate memory",
    "{int}:M {dayTime} * {int} changes in {int} seconds. Saving...",
    "{int}:M {dayTime} * Background saving started by pid {int}",
    "{int}:S {dayTime} # MASTER aborted replication with an error: NOAUTH Authentication required.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "MOVED {int} {ip}:{port}",
  ],
  kafka: [
    "[Producer clientId=producer-{small}] Connection to node {small} ({host}/{ip}:{port}) could not be established. Broker may not be available.",
    "[Consumer clientId=orders-{int}, groupId=settle] Offset commit failed on partition orders-{small} at offset {int}: The request timed out.",
    "[Consumer clientId=orders-{int}, groupId=settle] Offset commit failed on partition orders-{small} at offset {int}: The coordinator is not aware of this member.",
    "[GroupCoordinator {small}]: Preparing to rebalance group settle in state PreparingRebalance with old generation {int}",
    "[ReplicaFetcher replicaId={small}, leaderId={small}, fetcherId={small}] Error in response for fetch request (type=FetchRequest, replicaId={small}, maxWait={int}, minBytes={int})",
    "Shrinking ISR for partition orders-{small} from {small},{small},{small} to {small},{small}",
  ],
  kubernetes: [
    "Back-off restarting failed container settle in pod settle-{podHash}_prod({uuid})",
    'Failed to pull image "registry.example.com/shop/settle:{version}": rpc error: code = NotFound desc = manifest unknown',
    "Readiness probe failed: HTTP probe failed with statuscode: 503",
    "Readiness probe failed: HTTP probe failed with statuscode: 404",
    'Liveness probe failed: Get "http://{ip}:{port}/healthz": context deadline exceeded',
    "0/{small} nodes are available: {small} Insufficient cpu.",
    "0/{small} nodes are available: {small} Insufficient memory.",
    'MountVolume.SetUp failed for volume "kube-api-access-{word5}" : failed to sync configmap cache: timed out waiting for the condition',
    "E{klog} {int} reflector.go:{int}] k8s.io/client-go/informers/factory.go:{int}: Failed to watch *v1.Pod: Unauthorized",
    "Pod prod/web-{podHash} evicted: The node was low on resource: ephemeral-storage. Container app was using {int}Ki",
  ],
  docker: [
    "Handler for POST /v1.43/containers/{hex64}/stop returned error: No such container: {hex64}",
    "Container {hex64} failed to exit within {int}s of signal 15 - using the force",
    "failed to register layer: Error processing tar file(exit status 1): write {path}: no space left on device",
    "OCI runtime create failed: container_linux.go:{int}: starting container process caused: exec: {quotedPath}: stat {path}: no such file or directory",
    "container {hex12} exited with code 137",
    "container {hex12} exited with code 1",
  ],
  systemd: [
    "settle@{small}.service: Main process exited, code=exited, status={small}/FAILURE",
    "settle@{small}.service: Scheduled restart job, restart counter is at {int}.",
    "session-{int}.scope: Deactivated successfully.",
    "Out of memory: Killed process {int} (node) total-vm:{int}kB, anon-rss:{int}kB, file-rss:{int}kB, shmem-rss:0kB, UID:{int} pgtables:{int}kB oom_score_adj:0",
    "node[{int}]: segfault at {pointer} ip {hex16} sp {hex16} error 4 in libc.so.6[{hex12}+{hex6}]",
    "EXT4-fs error (device sda{small}): ext4_find_entry:{int}: inode #{int}: comm node: reading directory lblock 0",
    "usb {small}-{small}: USB disconnect, device number {int}",
  ],
  spring: [
    "HikariPool-{small} - Connection is not available, request timed out after {int}ms.",
    "HikariPool-{small} - Thread starvation or clock leap detected (housekeeper delta={duration}).",
    "Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception [Request processing failed: com.acme.shop.OutOfStock: sku {int}] with root cause",
    "Resolved [org.springframework.web.HttpRequestMethodNotSupportedException: Request method 'PUT' is not supported]",
    "Failed to obtain JDBC Connection: com.acme.Pool@{hex8} closed",
    "Circuit breaker 'rates' is OPEN and does not permit further calls",
    "Circuit breaker 'stock' is OPEN and does not permit further calls",
  ],
  django: [
    "Not Found: {path}",
    "Internal Server Error: {path}",
    "Invalid HTTP_HOST header: '{host}'. You may need to add '{host}' to ALLOWED_HOSTS.",
    "[{iso}] [{int}] [CRITICAL] WORKER TIMEOUT (pid:{int})",
    "Worker (pid:{int}) was sent SIGKILL! Perhaps out of memory?",
    "Task shop.tasks.settle[{uuid}] raised unexpected: ValueError('amount is negative')",
    "Task shop.tasks.settle[{uuid}] retry: Retry in {int}s: ConnectionError('refused')",
    "Task shop.tasks.settle[{uuid}] succeeded in {float}s: None",
  ],
  rails: [
    "[{uuid}] Completed 500 Internal Server Error in {int}ms (ActiveRecord: {float}ms | Allocations: {int})",
    "[{uuid}] Completed 404 Not Found in {int}ms (ActiveRecord: {float}ms | Allocations: {int})",
    "[{uuid}] Can't verify CSRF token authenticity.",
    "pid={int} tid={tid} class=SettleJob jid={hex24} elapsed={float} INFO: fail",
    "pid={int} tid={tid} class=SettleJob jid={hex24} elapsed={float} INFO: done",
    "Couldn't find Order with 'id'={int}",
    "Couldn't find Customer with 'id'={int}",
  ],
  node: [
    "connect ECONNREFUSED {ip}:{port}",
    "connect ETIMEDOUT {ip}:{port}",
    "getaddrinfo ENOTFOUND {host}",
    "getaddrinfo EAI_AGAIN {host}",
    "request {reqId} failed with status 503 after {duration}",
    "request {reqId} failed with status 500 after {duration}",
    "order {int} of customer {email} could not be settled: card declined",
    "order {int} of customer {email} could not be settled: currency unknown",
    "ENOENT: no such file or directory, open '{path}'",
    "EACCES: permission denied, open '{path}'",
    "heap limit reached: {size} of {size} used",
    "(node:{int}) MaxListenersExceededWarning: Possible EventEmitter memory leak detected. {int} data listeners added to [Socket]. MaxListeners is {int}.",
    "Cannot read properties of undefined (reading 'amount')",
    "Cannot read properties of undefined (reading 'currency')",
  ],
  go: [
    "http: TLS handshake error from {ip}:{port}: EOF",
    "http: TLS handshake error from {ip}:{port}: remote error: tls: bad certificate",
    "dial tcp {ip}:{port}: connect: connection refused",
    "dial tcp {ip}:{port}: i/o timeout",
    "dial tcp: lookup {host} on {ip}:53: no such host",
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp {ip}:{port}: connect: connection refused"',
    "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
    'level=error ts={iso} caller=compact.go:{int} msg="compaction failed" block={ulid} err="no space left on device"',
    'level=error ts={iso} caller=compact.go:{int} msg="upload failed" block={ulid} err="no space left on device"',
    "raft: {hex16} became follower at term {int}",
    "raft: {hex16} lost leader {hex16} at term {int}",
  ],
  dotnet: [
    "Request reached the end of the middleware pipeline without being handled by application code. Request path: GET http://{host}:{port}{path}, Response status code: 404",
    "Failed executing DbCommand ({int}ms) [Parameters=[@p0='?' (DbType = Int32)], CommandType='Text', CommandTimeout='{int}']",
    'Connection id "{connection}", Request id "{connection}:{hex8}": An unhandled exception was thrown by the application.',
    "The configured execution timeout {int} seconds for command {int} was exceeded.",
    "error CS0246: The type or namespace name 'Cart' could not be found",
    "error CS0103: The name 'total' does not exist in the current context",
  ],
  php: [
    'FastCGI sent in stderr: "PHP message: PHP Warning:  Undefined variable $total in {path} on line {int}" while reading response header from upstream, client: {ip}',
    "[pool www] child {int} exited on signal 11 (SIGSEGV) after {float} seconds from start",
    "[pool www] server reached pm.max_children setting ({int}), consider raising it",
    "Allowed memory size of {int} bytes exhausted (tried to allocate {int} bytes)",
    "Maximum execution time of {int} seconds exceeded",
    "SQLSTATE[HY000] [2002] Connection refused",
    "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '{int}' for key 'orders.number'",
  ],
  oracle: [
    "ORA-00942: table or view does not exist",
    "ORA-00060: deadlock detected while waiting for resource",
    "ORA-12541: TNS:no listener on {host}:{port}",
    "ORA-01653: unable to extend table SHOP.ORDERS by {int} in tablespace USERS",
  ],
  build: [
    "{sourcePath}({int},{int}): error TS2322: Type 'string' is not assignable to type 'number'.",
    "{sourcePath}({int},{int}): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.",
    "npm ERR! code E404",
    "npm ERR! code ERESOLVE",
    "Process completed with exit code 1.",
    "Process completed with exit code 137.",
    "##[error]The job running on runner GitHub Actions {int} has exceeded the maximum execution time of {int} minutes.",
    "fatal: unable to access 'https://{host}/acme/shop.git/': Could not resolve host: {host}",
    "Error: Cannot find module '@acme/rates'",
    "Error: Cannot find module '@acme/stock'",
  ],
  aws: [
    "{iso} {uuid} Task timed out after {float} seconds",
    "RequestId: {uuid} Error: Runtime exited with error: signal: killed",
    "User: arn:aws:sts::{int12}:assumed-role/settle/i-{hex17} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::shop-orders/{int}.json",
    "An error occurred (ThrottlingException) when calling the PutItem operation: Rate exceeded",
    "An error occurred (AccessDenied) when calling the PutItem operation: Access Denied",
  ],
  mail: [
    "{queueId}: to=<{email}>, relay={host}[{ip}]:25, delay={float}, delays={float}/{float}/{float}/{float}, dsn=5.1.1, status=bounced (host {host}[{ip}] said: 550 5.1.1 User unknown)",
    "{queueId}: to=<{email}>, relay=none, delay={float}, delays={float}/{float}/{float}/{float}, dsn=4.4.1, status=deferred (connect to {host}[{ip}]:25: Connection timed out)",
    "{queueId}: removed",
    "warning: {ip}: hostname {host} verification failed: Name or service not known",
  ],
  agent: [
    "tool call {toolId} of run {uuid} failed: timeout after {int}s",
    "tool call {toolId} of run {uuid} failed: permission denied",
    "model answered {int} tokens in {duration}, above the limit of {int}",
    "step {small} of {small} (plan {hex8}) gave no result: provider stream closed",
    "workspace /workspace/repos/{word}/.runs/{uuid} is locked by pid {int}",
  ],
};

/** A generator of numbers in [0, 1) that gives the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hexadecimal = "0123456789abcdef";
const letters = "abcdefghijklmnopqrstuvwxyz";
const words = [
  "billing",
  "harbour",
  "lantern",
  "mosaic",
  "orchard",
  "quarry",
  "saffron",
  "tundra",
  "velvet",
  "willow",
];

/** Fills the slots of templates, from one source of random numbers. */
export function lineMaker(random: () => number): (template: string) => string {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const some = (count: number, from: string) =>
    Array.from({ length: count }, () => from[below(from.length)]).join("");
  const two = (limit: number, from = 0) => String(below(limit) + from).padStart(2, "0");
  const int = () => String(below(10 ** (below(7) + 1)));
  const float = () => `${below(1_000)}.${some(3, "0123456789")}`;
  const clock = () => `${two(24)}:${two(60)}:${two(60)}`;
  const day = () => `2026-${two(12, 1)}-${two(28, 1)}`;
  const month = () =>
    pick(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);
  const uuid = () => [8, 4, 4, 4, 12].map((count) => some(count, hexadecimal)).join("-");
  const ip = () => Array.from({ length: 4 }, () => 1 + below(254)).join(".");
  const host = () =>
    `${pick(words)}${pick(["", "-1", "-22", "07"])}.${pick(["prod", "eu", "shop"])}.example.com`;
  const path = () =>
    `/${pick(["srv", "var/lib", "home/ci"])}/${pick(words)}/${pick(words)}${below(900)}.${pick(["json", "log", "tmp"])}`;
  const email = () => `${pick(words)}.${some(4, letters)}@${pick(words)}.example`;
  const slots: Record<string, () => string> = {
    ...{ int, float, ip, host, path, email, uuid, word: () => pick(words), small: () => String(below(10)) },
    ...{
      port: () => String(1_024 + below(64_000)),
      iso: () => `${day()}T${clock()}.${some(3, "0123456789")}Z`,
    },
    dayTime: () => `${two(28, 1)} ${month()} 2026 ${clock()}.${some(3, "0123456789")}`,
    accessTime: () => `${two(28, 1)}/${month()}/2026:${clock()}.${some(3, "0123456789")}`,
    compactTime: () => `${some(6, "123456")} ${clock()}`,
    klog: () => `${two(12, 1)}${two(28, 1)} ${clock()}.${some(6, "0123456789")}`,
    duration: () =>
      pick([`${below(900)}ms`, `${float()}s`, `${below(9) + 1}m${below(60)}s`, `${below(900)}µs`]),
    size: () => `${float()} ${pick(["KB", "MB", "GiB"])}`,
    version: () => `${below(9)}.${below(30)}.${below(9)}`,
    reqId: () => `req-${some(4, hexadecimal)}`,
    toolId: () => `call_${some(24, letters + letters.toUpperCase() + "0123456789")}`,
    podHash: () => `${some(9, "bcdf456789")}-${some(5, "bcdfghjklmnpqrstvwxz2456789")}`,
    word5: () => some(5, "bcdfghjklmnpqrstvwxz2456789"),
    connection: () => `0HM${some(10, "ABCDEFGHIJKLMNOPQRSTUV0123456789")}`,
    ulid: () => `01${some(24, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")}`,
    queueId: () => some(10, "0123456789ABCDEF"),
    tid: () => some(4, letters + "0123456789"),
    pointer: () => `0x${some(12, hexadecimal)}`,
    sourcePath: () => `src/${pick(words)}/${pick(words)}.ts`,
    quotedPath: () => `"${path()}"`,
    int12: () => some(12, "123456789"),
  };
  for (const count of [6, 8, 12, 16, 17, 24, 64]) slots[`hex${count}`] = () => some(count, hexadecimal);
  return (template) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const slot = slots[name];
      if (!slot) throw new Error(`No slot is called ${whole}`);
      return slot();
    });
}

/**
 * Grouping accuracy: the share of lines whose group holds exactly the lines of their template, and the templates that were torn
 * apart or thrown together. `groupOf` gives a line's group.
 */
export function groupingAccuracy(
  lines: ReadonlyArray<{ template: string; line: string }>,
  groupOf: (line: string) => string,
): { accuracy: number; wrong: Array<{ template: string; groups: string[] }> } {
  const groups = new Map<string, Set<string>>();
  const templates = new Map<string, { lines: number; groups: Set<string> }>();
  for (const { template, line } of lines) {
    const group = groupOf(line);
    const known = templates.get(template) ?? { lines: 0, groups: new Set<string>() };
    known.lines += 1;
    templates.set(template, { ...known, groups: known.groups.add(group) });
    groups.set(group, (groups.get(group) ?? new Set()).add(template));
  }
  const wrong: Array<{ template: string; groups: string[] }> = [];
  let right = 0;
  for (const [template, { lines: count, groups: own }] of templates) {
    const isRight = own.size === 1 && [...own].every((group) => groups.get(group)?.size === 1);
    if (isRight) right += count;
    else wrong.push({ template, groups: [...own] });
  }
  return { accuracy: lines.length === 0 ? 1 : right / lines.length, wrong };
}
