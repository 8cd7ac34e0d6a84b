import Foundation

/// The repository's own files, for tests about the code itself.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Swift files below a folder of the repository, by path relative to the root, sorted.
    static func swiftFiles(under folder: String) throws -> [(path: String, text: String)] {
        try files(under: folder, extensions: ["swift"])
    }

    /// Files with one of the extensions below a folder, by path relative to the root, sorted.
    static func files(under folder: String, extensions: Set<String>) throws -> [(path: String, text: String)] {
        let base = root.appending(path: folder)
        let enumerator = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        var found: [(path: String, text: String)] = []
        while let url = enumerator?.nextObject() as? URL {
            guard extensions.contains(url.pathExtension), !url.path.contains("/.build/") else { continue }
            let path = String(url.path.dropFirst(root.path.count + 1))
            found.append((path, try String(contentsOf: url, encoding: .utf8)))
        }
        return found.sorted { $0.path < $1.path }
    }

    /// One file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
