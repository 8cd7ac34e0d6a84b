extension [UInt8] {
    /// Writes a block over zeros that are there already.
    mutating func store<Block: WireBlock>(_ block: Block, _ place: BlockPlace) throws(WireError) {
        var span = mutableSpan
        // SAFETY: every bit pattern is a byte, so bytes may be written through a raw view; stores check their bounds.
        var bytes = unsafe span.mutableBytes
        try block.store(to: &bytes, place)
    }

    /// Writes blocks one after the other over zeros that are there already.
    mutating func store<Block: WireBlock>(_ blocks: [Block], _ first: BlockPlace) throws(WireError) {
        var span = mutableSpan
        // SAFETY: as above.
        var bytes = unsafe span.mutableBytes
        for index in blocks.indices {
            let offset = first.offset + index * Block.blockLength
            try blocks[index].store(to: &bytes, BlockPlace(template: first.template, offset: offset))
        }
    }
}
