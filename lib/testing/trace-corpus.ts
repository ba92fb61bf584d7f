/** What varies between two traces of one failure. */
export type TraceVariation = {
  line: () => number;
  /** Hexadecimal digits. */
  hex: (count: number) => string;
  /** A name of one or two letters, as a minifier makes it. */
  minified: () => string;
  /** The folder that a release or a build lies in. */
  root: string;
};

/** What makes it that failure. */
export type TraceFailure = {
  /** Capitalised, without the ending that the language gives to exceptions. */
  type: string;
  /** Lower case. */
  method: string;
  module: string;
};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A trace of each of eight languages, as its runtime prints it. Written for this project. */
export const traceMakers: Record<string, (failure: TraceFailure, variation: TraceVariation) => string> = {
  python: ({ type, method, module }, { line, hex, root }) => `Traceback (most recent call last):
  File "${root}/shop/worker.py", line ${line()}, in run
    ${method}(order)
  File "${root}/.venv/lib/python3.12/site-packages/celery/app/trace.py", line ${line()}, in trace_task
    return fun(*args)
  File "${root}/shop/${module}.py", line ${line()}, in ${method}
    raise ${type}Error(order)
shop.errors.${type}Error: <Order object at 0x${hex(12)}> refused`,

  "python, chained": ({ type, method, module }, { line, hex, root }) => `Traceback (most recent call last):
  File "${root}/shop/${module}.py", line ${line()}, in ${method}
    return rows[key]
           ~~~~^^^^^
KeyError: 'amount'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/tmp/tmp${hex(8)}/main.py", line ${line()}, in <module>
  File "${root}/shop/worker.py", line ${line()}, in run
    raise ${type}Error("no amount") from error
shop.errors.${type}Error: no amount`,

  "typescript on node": (
    { type, method, module },
    { line, hex, root },
  ) => `${type}Error: order ${hex(8)} refused
    at ${method} (${root}/src/${module}/settle.ts:${line()}:${line()})
    at process.processTicksAndRejections (node:internal/process/task_queues:${line()}:5)
    at async Layer.handle (${root}/node_modules/.pnpm/express@4.${line()}.0/node_modules/express/lib/router/layer.js:${line()}:5)
    at async file://${root}/src/jobs/run.ts:${line()}:9`,

  "javascript in a bundle": (
    { type, method, module },
    { line, hex, minified },
  ) => `${type}Error: cannot ${method}
    at ${minified()} (https://shop.example/assets/${module}-${hex(10)}.js:1:${line()})
    at ${minified()}.${minified()} (https://shop.example/assets/${module}-${hex(10)}.js:1:${line()})
    at ${method} (https://shop.example/assets/checkout-${hex(10)}.js?v=${line()}:2:${line()})`,

  java: ({ type, method, module }, { line, hex }) => `java.lang.IllegalStateException: batch ${hex(8)} failed
	at com.acme.shop.Worker.lambda$run$${line()}(Worker.java:${line()})
	at com.acme.shop.Worker$$Lambda$${line()}/0x${hex(16)}.run(Unknown Source)
	at java.base/java.lang.Thread.run(Thread.java:${line()})
Caused by: com.acme.shop.${type}Exception: refused
	at com.acme.${module}.Settle$${line() % 9}.${method}(Settle.java:${line()})
	at org.springframework.aop.framework.CglibAopProxy$CglibMethodInvocation.proceed(CglibAopProxy.java:${line()})
	... ${line()} more`,

  kotlin: ({ type, method, module }, { line }) => `com.acme.shop.${type}Exception: refused after ${line()} ms
	at com.acme.${module}.SettleKt.${method}(Settle.kt:${line()})
	at com.acme.${module}.SettleKt$main$${line() % 9}.invokeSuspend(Settle.kt:${line()})
	at kotlin.coroutines.jvm.internal.BaseContinuationImpl.resumeWith(ContinuationImpl.kt:${line()})`,

  go: (
    { type, method, module },
    { line, hex, root },
  ) => `panic: ${type.toLowerCase()}: order refused [recovered]

goroutine ${line()} [running]:
panic({0x${hex(6)}?, 0xc000${hex(6)}?})
	/usr/local/go/src/runtime/panic.go:${line()} +0x${hex(3)}
github.com/acme/shop/${module}.(*Client).${capital(method)}(0xc000${hex(6)}, {0x${hex(6)}, 0x${hex(1)}})
	${root}/${module}/client.go:${line()} +0x${hex(2)}
github.com/acme/shop/worker.Run.func${line() % 9}()
	${root}/worker/run.go:${line()} +0x${hex(2)}
created by main.main in goroutine 1
	${root}/main.go:${line()} +0x${hex(2)}`,

  rust: (
    { type, method, module },
    { line, hex },
  ) => `thread 'worker-${line()}' panicked at src/${module}.rs:${line()}:${line()}:
called \`Result::unwrap()\` on an \`Err\` value: ${type} { order: ${line()} }
stack backtrace:
   0: rust_begin_unwind
             at /rustc/${hex(40)}/library/std/src/panicking.rs:${line()}:5
   1: core::result::unwrap_failed
             at /rustc/${hex(40)}/library/core/src/result.rs:${line()}:5
   2: shop::${module}::${method}::{{closure}}::h${hex(16)}
             at ./src/${module}.rs:${line()}:${line()}
   3: <shop::worker::Worker as core::ops::function::FnOnce<()>>::call_once
             at ./src/worker.rs:${line()}:5`,

  ruby: (
    { type, method, module },
    { line, hex, root },
  ) => `${root}/lib/${module}/settle.rb:${line()}:in 'Shop::Settle#${method}': refused #<Order:0x${hex(16)}> (Shop::${type}Error)
	from ${root}/lib/${module}/settle.rb:${line()}:in 'block (2 levels) in Shop::Settle#all'
	from /usr/lib/ruby/gems/3.3.0/gems/sidekiq-7.${line() % 9}.0/lib/sidekiq/processor.rb:${line()}:in 'process'
	from ${root}/lib/worker.rb:${line()}:in '<main>'`,

  php: (
    { type, method, module },
    { line, root },
  ) => `PHP Fatal error:  Uncaught App\\Errors\\${type}: refused in ${root}/src/${module}/Settle.php:${line()}
Stack trace:
#0 ${root}/src/${module}/Settle.php(${line()}): App\\${capital(module)}\\Settle->${method}(Object(App\\Order), ${line()})
#1 ${root}/vendor/symfony/console/Command/Command.php(${line()}): App\\Run->execute()
#2 [internal function]: App\\{closure:App\\Run::run():${line()}}()
#3 {main}
  thrown in ${root}/src/${module}/Settle.php on line ${line()}`,

  dotnet: (
    { type, method, module },
    { line, hex, root },
  ) => `Unhandled exception. System.AggregateException: One or more errors occurred. (order ${hex(8)})
 ---> Shop.${type}Exception: refused
   at Shop.${capital(module)}.Settle.<${capital(method)}>d__${line()}.MoveNext() in ${root}/Shop/Settle.cs:line ${line()}
   at Shop.${capital(module)}.Settle.<>c__DisplayClass${line()}_0.<All>b__${line() % 9}(Order order) in ${root}/Shop/Settle.cs:line ${line()}
   at System.Threading.Tasks.Task.ExecuteWithThreadLocal(Task& currentTaskSlot, Thread threadPoolThread)
   --- End of inner exception stack trace ---
   at Shop.Program.<Main>(String[] args)`,
};

/** A variation of traces, from a source of random numbers in [0, 1). */
export function traceVariation(random: () => number): TraceVariation {
  const below = (limit: number) => Math.floor(random() * limit);
  const some = (count: number, from: string) =>
    Array.from({ length: count }, () => from.charAt(below(from.length))).join("");
  const roots = [
    `/srv/releases/2026${some(10, "0123456789")}`,
    `/home/ci/build/${below(9_000)}`,
    "/app",
    `/tmp/build-${some(6, "abcdef0123456789")}`,
  ];
  return {
    line: () => 1 + below(900),
    hex: (count) => some(count, "0123456789abcdef"),
    minified: () => some(1 + below(2), "abcdefghijklmnopqrstuvwxyzABCDEFGH"),
    root: roots[below(roots.length)] as string,
  };
}
