#include "lists/site/config/listserv_templates.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/content_filter.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kMark = ">>>";
constexpr std::string_view kContentFilter = "CONTENT_FILTER";
constexpr std::string_view kKeyword = "content_filter";
constexpr std::string_view kPut = "PUT";
constexpr std::array kSettings = {Setting::content_filter};

bool is_put_line(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  return !words.empty() && equals_ignoring_case(words.front(), kPut);
}

class Scanner {
 public:
  ConfigText scan(std::string_view text) {
    if (text.size() > kMaxConfigOctets) {
      refuse(0, fault_of_limit(FaultId::too_long, kMaxConfigOctets));
      return std::move(scanned_);
    }
    bool is_first = true;
    while (const auto line = next_line(text)) {
      const std::string_view content = trim(*line);
      if (number_ == 0 && (content.empty() || (is_first && is_put_line(content)))) {
        is_first = is_first && content.empty();
        continue;
      }
      ++number_;
      take(content);
    }
    if (scanned_.assignments.empty() && scanned_.problems.empty()) refuse(0, fault(FaultId::templates_none));
    return std::move(scanned_);
  }

 private:
  void refuse(std::size_t line, Phrase why) {
    if (scanned_.problems.size() < kMaxConfigProblems)
      scanned_.problems.push_back(problem_in_line(line, std::move(why)));
  }

  void take(std::string_view line) {
    if (line.starts_with(kMark)) {
      begin(line);
    } else if (is_inside_) {
      Assignment& filter = scanned_.assignments.back();
      if (!filter.value_lines.empty()) filter.value += '\n';
      filter.value += line;
      filter.value_lines.push_back(number_);
    } else if (!line.empty() && !is_passed_over_) {
      refuse(number_, fault(FaultId::templates_none));
      is_passed_over_ = true;
    }
  }

  // What stands below one that is refused was told with it.
  void begin(std::string_view line) {
    const std::vector<std::string_view> words = split_words(line.substr(kMark.size()));
    const std::string_view name = words.empty() ? std::string_view() : words.front();
    is_inside_ = equals_ignoring_case(name, kContentFilter) && scanned_.assignments.empty();
    is_passed_over_ = !is_inside_;
    if (is_inside_) {
      Assignment& filter = scanned_.assignments.emplace_back();
      filter.key = kKeyword;
      filter.is_here_text = true;
      filter.line = number_;
    } else if (equals_ignoring_case(name, kContentFilter)) {
      refuse(number_, fault_of(FaultId::templates_twice, name));
    } else {
      refuse(number_, fault_of(FaultId::templates_other, name));
    }
  }

  ConfigText scanned_;
  std::size_t number_ = 0;
  bool is_inside_ = false;
  bool is_passed_over_ = false;
};

// In the text of a mail it would end the template, or begin another.
bool means_something_else(std::string_view line) {
  constexpr std::array<std::string_view, 3> kWords = {"END", kPut, "QUIET"};
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  return line.starts_with('>') || line.starts_with('/') || line.starts_with('-') ||
         std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, word); });
}

class TemplatesCodec : public Codec {
 public:
  std::span<const Setting> settings_of(std::string_view keyword) const override {
    return keyword == kKeyword ? std::span<const Setting>(kSettings) : std::span<const Setting>();
  }
  Reading read(std::string_view /*keyword*/, std::string_view value) const override {
    ContentFilter filter = read_content_filter(value);
    if (filter.fault) return Reading{.fault = std::move(filter.fault), .fault_line = filter.fault_line};
    return Reading{.values = {{Setting::content_filter, std::string(value)}}};
  }
  std::vector<Statement> write(const ListConfig& config, std::string_view /*list*/) const override {
    return {{std::string(kKeyword), config.text(Setting::content_filter)}};
  }
  std::string shown_name(std::string_view /*keyword*/) const override { return std::string(kContentFilter); }

  bool is_whole() const override { return false; }
  std::vector<Setting> complete(ListConfig& config, const std::vector<Statement>& /*said*/,
                                const ListConfig& before) const override {
    const std::string filter = config.text(Setting::content_filter);
    config = before;
    config.unset(Setting::content_filter);
    if (!filter.empty()) static_cast<void>(config.set(Setting::content_filter, filter));
    return {};
  }
};

}  // namespace

ConfigText scan_templates(std::string_view text) { return Scanner().scan(text); }

std::string print_templates(const std::vector<Statement>& statements) {
  std::string text;
  for (const Statement& each : statements) {
    text.append(kMark).append(" ").append(kContentFilter).append("\n");
    for (const std::string& line : split_lines(each.value)) {
      text.append(means_something_else(line) ? "Text: " : "").append(line).append("\n");
    }
  }
  return text;
}

const Codec& listserv_templates_codec() {
  static const TemplatesCodec kCodec;
  return kCodec;
}

}  // namespace majlis::lists
