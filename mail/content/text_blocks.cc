#include "mail/content/text_blocks.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kUuBegin = "begin ";
constexpr std::string_view kBase64Begin = "begin-base64 ";
constexpr std::string_view kBase64End = "====";
constexpr std::string_view kYencBegin = "=ybegin ";
constexpr std::string_view kYencPart = "=ypart ";
constexpr std::string_view kYencEnd = "=yend";
constexpr std::string_view kBinHexBegin = "(This file must be converted with BinHex";
constexpr std::size_t kMaxModeDigits = 4;
constexpr unsigned kYencShift = 42;
constexpr unsigned kYencEscapeShift = 64;
constexpr int kMaxForeignLines = 2;  // one behind the other, that decoders skip within a block

// Lines of a text, one after the other.
class Lines {
 public:
  Lines(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  std::size_t at() const { return at_; }
  std::optional<std::string_view> next() {
    std::string_view rest = text_.substr(at_);
    const std::optional<std::string_view> line = next_line(rest);
    at_ = text_.size() - rest.size();
    return line;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// The name behind "begin NNN "; nullopt: it is no such line.
std::optional<std::string_view> name_behind(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return {};
  line = trim(line.substr(word.size()));
  const std::size_t digits = line.find_first_not_of("01234567");
  if (digits == std::string_view::npos || digits < 3 || digits > kMaxModeDigits || !is_blank(line[digits])) return {};
  return trim(line.substr(digits));
}

// Lines whose blanks at the end went on the way are data too.
bool is_uu_data(std::string_view line) {
  if (line.empty() || !std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '`'; })) return false;
  const auto octets = static_cast<std::size_t>((line.front() - ' ') & 63);
  return line.size() <= 1 + (octets + 2) / 3 * 4 + 1 && (octets > 0 || line.size() == 1);
}

void append_uu(std::string_view line, std::string& out) {
  const auto octets = static_cast<std::size_t>((line.front() - ' ') & 63);
  const auto value = [&](std::size_t at) {
    return at < line.size() ? static_cast<unsigned>((line[at] - ' ') & 63) : 0U;
  };
  for (std::size_t done = 0, at = 1; done < octets; at += 4) {
    const unsigned bits = (value(at) << 18U) | (value(at + 1) << 12U) | (value(at + 2) << 6U) | value(at + 3);
    for (unsigned shift = 24; shift > 0 && done < octets; ++done) {
      shift -= 8;
      out += static_cast<char>((bits >> shift) & 0xFFU);
    }
  }
}

// Empty files too: "end" may follow at once.
std::optional<TextBlock> read_uu(std::string_view line, std::string_view, std::size_t begin, Lines lines) {
  const std::optional<std::string_view> name = name_behind(line, kUuBegin);
  if (!name) return {};
  TextBlock block{.begin = begin, .name = std::string(*name)};
  int foreign = 0;
  while (const auto next = lines.next()) {
    const bool is_end = trim(*next) == "end";
    if (is_end || is_uu_data(*next)) {
      block.end = lines.at();
      foreign = 0;
      if (is_end) break;
      append_uu(*next, block.octets);
    } else if (block.end == 0 || ++foreign > kMaxForeignLines) {
      break;
    }
  }
  if (block.end == 0) return {};
  return block;
}

std::optional<TextBlock> read_base64(std::string_view line, std::string_view text, std::size_t begin, Lines lines) {
  const std::optional<std::string_view> name = name_behind(line, kBase64Begin);
  if (!name) return {};
  TextBlock block{.form = TextBlock::Form::base64, .begin = begin, .end = text.size(), .name = std::string(*name)};
  const std::size_t from = lines.at();
  std::size_t to = text.size();
  for (std::size_t at = from; const auto next = lines.next(); at = lines.at()) {
    if (trim(*next) != kBase64End) continue;
    to = at;
    block.end = lines.at();
    break;
  }
  block.octets = decode_base64(text.substr(from, to - from));
  return block;
}

void append_yenc(std::string_view line, std::string& out) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool is_escape = line[at] == '=' && at + 1 < line.size();
    const auto c = static_cast<unsigned char>(is_escape ? line[++at] : line[at]);
    out += static_cast<char>((c - kYencShift - (is_escape ? kYencEscapeShift : 0U)) & 0xFFU);
  }
}

std::optional<TextBlock> read_yenc(std::string_view line, std::string_view text, std::size_t begin, Lines lines) {
  if (!line.starts_with(kYencBegin)) return {};
  const std::size_t name = line.find(" name=");
  TextBlock block{.form = TextBlock::Form::yenc, .begin = begin, .end = text.size()};
  if (name != std::string_view::npos) block.name = trim(line.substr(name + 6));
  while (const auto next = lines.next()) {
    if (next->starts_with(kYencEnd)) {
      block.end = lines.at();
      break;
    }
    if (!next->starts_with(kYencPart)) append_yenc(*next, block.octets);
  }
  return block;
}

// Between two colons, over several lines.
std::optional<TextBlock> read_binhex(std::string_view line, std::string_view text, std::size_t begin, Lines lines) {
  if (!line.starts_with(kBinHexBegin)) return {};
  std::size_t colon = text.find_first_not_of("\r\n \t", lines.at());
  if (colon == std::string_view::npos || text[colon] != ':') return {};
  colon = text.find(':', colon + 1);
  const std::size_t end = colon == std::string_view::npos ? colon : text.find('\n', colon);
  return TextBlock{
      .form = TextBlock::Form::binhex, .begin = begin, .end = end == std::string_view::npos ? text.size() : end + 1};
}

constexpr std::array kReaders = {read_uu, read_base64, read_yenc, read_binhex};

std::optional<TextBlock> read_block(std::string_view line, std::string_view text, std::size_t begin, Lines behind) {
  for (const auto reader : kReaders) {
    if (auto block = reader(line, text, begin, behind)) return block;
  }
  return {};
}

}  // namespace

std::vector<TextBlock> find_text_blocks(std::string_view text) {
  std::vector<TextBlock> blocks;
  std::size_t at = 0;
  while (at < text.size()) {
    Lines lines(text, at);
    const std::string_view line = *lines.next();
    std::optional<TextBlock> block;
    if (line.starts_with('b') || line.starts_with('=') || line.starts_with('(')) {
      block = read_block(line, text, at, lines);
    }
    at = block ? block->end : lines.at();
    if (block) blocks.push_back(std::move(*block));
    if (blocks.size() == kMaxTextBlocks) blocks.back().end = at = text.size();
  }
  return blocks;
}

}  // namespace majlis::mail
