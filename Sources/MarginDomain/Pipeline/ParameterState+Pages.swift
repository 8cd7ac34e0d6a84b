extension ParameterState {
    /// The set in as many messages as its values need.
    public var pages: [ParameterState] {
        var blank = self
        blank.values = []
        var pages = Pages(blank)
        pages.add(values, to: \.values, bytes: EntryBytes.parameter)
        return pages.numbered(\.page, of: \.pageCount)
    }
}

extension ParametersAnswer {
    /// The set in as many messages as its values need.
    public var pages: [ParametersAnswer] {
        var blank = self
        blank.approvals = []
        blank.values = []
        blank.assets = []
        var pages = Pages(blank)
        pages.add(approvals, to: \.approvals, bytes: EntryBytes.approval)
        pages.add(assets, to: \.assets, bytes: EntryBytes.asset)
        pages.add(values, to: \.values, bytes: EntryBytes.parameter)
        return pages.numbered(\.page, of: \.pageCount)
    }

    /// The sets again, of their pages in order.
    public static func joined(_ pages: [ParametersAnswer]) -> [ParametersAnswer] {
        var whole: [ParametersAnswer] = []
        for page in pages {
            guard page.page > 0, !whole.isEmpty else {
                whole.append(page)
                continue
            }
            whole[whole.count - 1].approvals += page.approvals
            whole[whole.count - 1].assets += page.assets
            whole[whole.count - 1].values += page.values
        }
        for place in whole.indices { whole[place].pageCount = 1 }
        return whole
    }
}
