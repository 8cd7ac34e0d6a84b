import ArgumentParser

/// The command line. Data goes to standard output, logs to standard error.
@main
struct Plimsoll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plimsoll",
        abstract: "A real-time streaming margin engine for derivatives exchanges.",
        discussion: """
            EXAMPLES
              plimsoll demo                                   an embedded exchange, a crash, a bot
              plimsoll run --config config/plimsoll.yaml      the engine on an exchange's bus
              plimsoll check-config --config my.yaml          every mistake in a configuration
              plimsoll margin --case case.json                one margin question
              plimsoll conformance derive-portfolio cases/    published figures against ours
              plimsoll backtest --data DIR                    margin models on real history
              plimsoll parameters propose kappa=0.7 ...        change risk parameters, by two people
              plimsoll closes closes.csv --asset BTC=10:-2 --source 950   history for a log to begin with
              plimsoll implied-volatility quotes.csv          the volatilities that prices mean
              plimsoll verify var/log                         replay a log, print the digest of all signals
              plimsoll explain --pool 17 --log var/log --at 812   why a pool stood where it stood at a record
              plimsoll what-if, largest, cures, mutual --pool 17 …   questions to a running engine, or to a log
              plimsoll check --account 17 --trade=3:1:60000   may it go ahead? margin is reserved for it

            EXIT CODES
              0 done   1 a check failed   2 wrong input or configuration   64 wrong usage
              70 the engine stopped on a fault (log, sockets)
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, DemoCommand.self, CheckConfigCommand.self, MarginCommand.self,
            ConformanceCommand.self, BacktestCommand.self, AgreementCommand.self, VerifyCommand.self,
            ParametersCommand.self, ExplainCommand.self, WhatIfCommand.self, LargestCommand.self,
            CuresCommand.self, CheckCommand.self, MutualCommand.self, ClosesCommand.self,
            ImpliedVolatilityCommand.self, WireCommand.self,
        ])
}

/// How the process ends when something is wrong; one number a kind, so that scripts can tell.
enum ExitStatus {
    static let checkFailed = ExitCode(1)
    static let wrongInput = ExitCode(2)
    static let engineFault = ExitCode(70)
}
