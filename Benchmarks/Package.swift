// swift-tools-version: 6.2
import PackageDescription

/// As strict as the product.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
]

/// A package of its own, so that whoever uses the product resolves and builds nothing of it.
let package = Package(
    name: "plimsoll-benchmarks",
    dependencies: [
        // By name: the folder of a clone may be called anything.
        .package(name: "plimsoll", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .executableTarget(
            name: "plimsoll-bench",
            dependencies: [
                .product(name: "Plimsoll", package: "plimsoll"),
                .product(name: "PlimsollPipeline", package: "plimsoll"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: strict)
    ],
    swiftLanguageModes: [.v6]
)
