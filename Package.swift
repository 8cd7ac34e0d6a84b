// swift-tools-version: 6.2
import PackageDescription

/// The same strict settings for every target.
///
/// - `ExistentialAny`: dynamic dispatch is spelled out.
/// - `InternalImportsByDefault`: a `public import` is an architectural statement.
/// - `MemberImportVisibility`: members come from modules the file imports, not from ones others import.
/// - `NonisolatedNonsendingByDefault`: async functions stay on their caller unless they say `@concurrent`.
/// - `Lifetimes`: flyweights over a frame cannot outlive it.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
]

/// What ships also marks every unsafe expression.
let shipped = strict + [.strictMemorySafety()]

let package = Package(
    name: "plimsoll",
    products: [
        .executable(name: "plimsoll", targets: ["plimsoll"]),
        .library(name: "Plimsoll", targets: ["MarginDomain", "MarginModel", "MarginEngine", "MarginWire", "MarginLog"]),
        .library(name: "PlimsollPipeline", targets: ["CMarginKernels", "ZeroMQ", "Handover", "MarginExchange"]),
        .library(name: "PlimsollTestKit", targets: ["MarginTestKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    // In the order of the pipeline: a target may depend only on targets above it.
    targets: [
        .target(name: "MarginDomain", swiftSettings: shipped),
        .target(name: "CMarginKernels"),
        .target(name: "MarginModel", dependencies: ["MarginDomain", "CMarginKernels"], swiftSettings: shipped),
        .target(
            name: "MarginMethods", dependencies: ["MarginDomain", "MarginModel", "CMarginKernels"],
            swiftSettings: shipped),
        .target(name: "MarginDefault", dependencies: ["MarginDomain", "MarginModel"], swiftSettings: shipped),
        .target(name: "MarginWire", dependencies: ["MarginDomain"], exclude: ["Schema"], swiftSettings: shipped),
        .target(name: "CMarginLog"),
        .target(
            name: "MarginLog",
            dependencies: [
                "MarginDomain", "MarginWire", "CMarginLog", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: shipped),
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: shipped),
        .target(name: "Handover", swiftSettings: shipped),
        .target(
            name: "MarginFeed", dependencies: ["MarginDomain", "MarginWire", "ZeroMQ", "Handover"],
            swiftSettings: shipped),
        .target(
            name: "MarginEngine",
            dependencies: ["MarginDomain", "MarginModel", "MarginMethods", "MarginDefault", "Handover"],
            swiftSettings: shipped),
        .target(
            name: "MarginPublisher", dependencies: ["MarginDomain", "MarginWire", "ZeroMQ", "Handover"],
            swiftSettings: shipped),
        .target(
            name: "MarginConsole",
            dependencies: ["MarginDomain", .product(name: "Histogram", package: "hdrhistogram-swift")],
            swiftSettings: shipped),
        .target(name: "MarginExchange", dependencies: ["MarginDomain", "MarginWire", "ZeroMQ"], swiftSettings: shipped),
        .executableTarget(
            name: "plimsoll",
            dependencies: [
                "MarginDomain", "MarginModel", "MarginMethods", "MarginDefault", "MarginWire", "MarginLog", "ZeroMQ",
                "Handover", "MarginFeed", "MarginEngine", "MarginPublisher", "MarginConsole", "MarginExchange",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: shipped),
        .target(
            name: "MarginTestKit", dependencies: ["MarginDomain"], swiftSettings: shipped,
            linkerSettings: [.linkedLibrary("m")]),

        .executableTarget(
            name: "margin-oracle",
            dependencies: ["MarginDomain", "MarginEngine", "MarginLog", "MarginModel", "MarginTestKit"],
            path: "Tests/Tools/margin-oracle", swiftSettings: strict),

        .testTarget(name: "MarginDomainTests", dependencies: ["MarginDomain"], swiftSettings: strict),
        .testTarget(
            name: "MarginModelTests",
            dependencies: ["MarginDomain", "MarginModel", "CMarginKernels", "MarginTestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "MarginMethodsTests",
            dependencies: [
                "MarginDomain", "MarginModel", "MarginMethods", .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .testTarget(name: "MarginDefaultTests", dependencies: ["MarginDomain", "MarginDefault"], swiftSettings: strict),
        .testTarget(name: "MarginWireTests", dependencies: ["MarginDomain", "MarginWire"], swiftSettings: strict),
        .testTarget(
            name: "MarginLogTests",
            dependencies: ["MarginDomain", "MarginWire", "MarginLog"],
            swiftSettings: strict),
        .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"], swiftSettings: strict),
        .testTarget(name: "HandoverTests", dependencies: ["Handover", "ZeroMQ"], swiftSettings: strict),
        .testTarget(
            name: "MarginFeedTests",
            dependencies: ["MarginDomain", "MarginWire", "ZeroMQ", "Handover", "MarginFeed"],
            swiftSettings: strict),
        .testTarget(
            name: "MarginEngineTests",
            dependencies: ["MarginDomain", "MarginModel", "MarginMethods", "Handover", "MarginEngine", "MarginTestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "MarginPublisherTests",
            dependencies: ["MarginDomain", "MarginWire", "ZeroMQ", "Handover", "MarginPublisher"],
            swiftSettings: strict),
        .testTarget(
            name: "MarginExchangeTests",
            dependencies: ["MarginDomain", "MarginWire", "ZeroMQ", "Handover", "MarginExchange"],
            swiftSettings: strict),
        .testTarget(name: "MarginConsoleTests", dependencies: ["MarginDomain", "MarginConsole"], swiftSettings: strict),
        .testTarget(name: "MarginTestKitTests", dependencies: ["MarginDomain", "MarginTestKit"], swiftSettings: strict),
        .testTarget(name: "TidyTests", dependencies: [], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
