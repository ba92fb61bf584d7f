// Given to Node by --import: each SIGUSR2 moves this process's clock to the next of the shifts, and says so. Only the
// wall clock: performance.now() and timers go on as they do when an operator or NTP sets the time.
const shiftsMs = [0, 3_600_000, -3_600_000];
let at = 0;
const RealDate = Date;
const now = () => RealDate.now() + shiftsMs[at];

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }
  static now() {
    return now();
  }
};

process.on("SIGUSR2", () => {
  at = (at + 1) % shiftsMs.length;
  console.log(`clock shifted by ${shiftsMs[at]} ms`);
});
