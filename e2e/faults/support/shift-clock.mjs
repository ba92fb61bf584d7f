// Given to Node by --import: each SIGUSR2 moves this process's clock to the next of the shifts, and says so. Only the
// wall clock: performance.now() and timers go on as they do when an operator or NTP sets the time.
const shiftsMs = [0, 3_600_000, -3_600_000];
let at = 0;
const RealDate = Date;
const realNow = RealDate.now;
const now = () => realNow() + shiftsMs[at];

// A proxy, so that a date is still an instance of the one class everybody knows.
const ShiftedDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
RealDate.prototype.constructor = ShiftedDate;
globalThis.Date = ShiftedDate;

process.on("SIGUSR2", () => {
  at = (at + 1) % shiftsMs.length;
  console.log(`clock shifted by ${shiftsMs[at]} ms`);
});
