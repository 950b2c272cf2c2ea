#include "spool/job/ranges.h"

#include "base/text.h"

namespace majlis::spool {

void RangeText::add(std::uint64_t index) {
  if (open_ && open_->to + 1 == index) {
    open_->to = index;
    return;
  }
  if (open_) write_open(written_);
  open_ = IndexRange{index, index};
}

std::string RangeText::text() const {
  std::string all = written_;
  if (open_) write_open(all);
  return all;
}

void RangeText::write_open(std::string& out) const {
  if (!out.empty()) out += ',';
  out += std::to_string(open_->from);
  if (open_->to == open_->from) return;
  out += '-';
  out += std::to_string(open_->to);
}

std::optional<std::vector<IndexRange>> parse_ranges(std::string_view text) {
  std::vector<IndexRange> ranges;
  for (const std::string_view piece : split_at(text, ',')) {
    const std::size_t dash = piece.find('-');
    const std::optional<std::uint64_t> from = parse_number(piece.substr(0, dash));
    const std::optional<std::uint64_t> to =
        dash == std::string_view::npos ? from : parse_number(piece.substr(dash + 1));
    if (!from || !to || *to < *from) return std::nullopt;
    if (!ranges.empty() && *from <= ranges.back().to) return std::nullopt;
    ranges.push_back(IndexRange{*from, *to});
  }
  return ranges;
}

}  // namespace majlis::spool
