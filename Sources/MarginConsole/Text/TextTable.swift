/// Rows in aligned columns; numbers to the right, words to the left.
public struct TextTable: Equatable, Sendable {
    /// How a column is aligned.
    public enum Alignment: Sendable { case left, right }

    /// One column's heading and alignment.
    public struct Column: Equatable, Sendable {
        public var heading: String
        public var alignment: Alignment

        public init(_ heading: String, _ alignment: Alignment = .right) {
            self.heading = heading
            self.alignment = alignment
        }
    }

    public var columns: [Column]
    /// Cells; a missing one is empty, one too many is left out.
    public var rows: [[String]]

    public init(_ columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// The lines, headings first unless all are empty, two spaces between columns, none at the ends.
    public var lines: [String] {
        let headings = columns.map(\.heading)
        let body = headings.allSatisfy(\.isEmpty) ? rows : [headings] + rows
        let widths = columns.indices.map { column in body.map { cell($0, column).count }.max() ?? 0 }
        return body.map { row in
            let cells = columns.indices.map { column in
                let text = cell(row, column)
                let gap = String(repeating: " ", count: widths[column] - text.count)
                return columns[column].alignment == .left ? text + gap : gap + text
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func cell(_ row: [String], _ column: Int) -> String { column < row.count ? row[column] : "" }
}
