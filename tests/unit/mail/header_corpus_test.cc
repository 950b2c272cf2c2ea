// The parsers against tables of other mail programs. Where they differ, ours refuses: groups, routes, domain literals,
// names without a domain, empty list elements.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "mail/address.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxTableOctets = 1 << 20;

std::string load(const std::string& name) {
  const Result<std::string> table = read_file(std::string(MAJLIS_CORPUS_DIR) + "/headers/" + name, kMaxTableOctets);
  return table ? *table : std::string();
}

struct Count {
  int agree = 0;
  int stricter = 0;
  int differ = 0;
  int total() const { return agree + stricter + differ; }
};

std::ostream& operator<<(std::ostream& out, const Count& count) {
  return out << count.agree << " of " << count.total() << " agree, " << count.stricter << " refused by us only, "
             << count.differ << " differ";
}

struct Case {
  std::string body;
  std::vector<std::string> addresses;
  std::vector<std::string> names;
  bool must_refuse = false;
};

void judge(const Case& wanted, Count& count) {
  const auto list = parse_mailbox_list(wanted.body);
  if (!list || list->empty()) {
    ++(wanted.must_refuse ? count.agree : count.stricter);
    return;
  }
  bool same = !wanted.must_refuse && list->size() == wanted.addresses.size();
  for (std::size_t i = 0; same && i < list->size(); ++i) {
    same = Address::parse(wanted.addresses[i]) == (*list)[i].address;
    if (same && i < wanted.names.size()) same = decode_words((*list)[i].display) == wanted.names[i];
  }
  ++(same ? count.agree : count.differ);
  if (!same) std::cout << "  differs: " << printable(wanted.body) << "\n";
}

std::string unescape(std::string_view json) {
  std::string text;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] == '\\' && at + 1 < json.size()) {
      const char c = json[++at];
      text += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
    } else {
      text += json[at];
    }
  }
  return text;
}

// The string behind `"key": "` on this line; "" for null.
std::optional<std::string> json_value(std::string_view line, std::string_view key) {
  line = trim(line);
  if (line.ends_with(',')) line.remove_suffix(1);
  const std::string start = '"' + std::string(key) + "\": ";
  if (!line.starts_with(start)) return std::nullopt;
  line.remove_prefix(start.size());
  return line == "null" ? std::string() : unescape(line.substr(1, line.size() - 2));
}

std::vector<Case> read_json_cases(std::string_view table) {
  std::vector<Case> cases;
  while (const auto line = next_line(table)) {
    if (const auto header = json_value(*line, "header")) cases.push_back(Case{*header, {}, {}, false});
    if (const auto name = json_value(*line, "name")) cases.back().names.push_back(*name);
    if (const auto address = json_value(*line, "address")) cases.back().addresses.push_back(*address);
    if (line->find("\"Group\"") != std::string_view::npos) cases.back().must_refuse = true;
  }
  return cases;
}

std::vector<Case> read_jakarta_cases(std::string_view table) {
  std::vector<Case> cases;
  bool as_header = false;
  bool in_expectation = true;
  bool in_comment = false;
  while (const auto line = next_line(table)) {
    if (!line->empty() && !is_blank(line->front())) in_comment = line->starts_with("Comment:");
    if (in_comment) continue;
    if (line->starts_with("Header:")) as_header = line->find("true") != std::string_view::npos;
    const bool start = line->starts_with("To:") || line->starts_with("Cc:") || line->starts_with("From:");
    if (start) {
      cases.push_back(Case{std::string(line->substr(line->find(':') + 1)), {}, {}, false});
      in_expectation = false;
    } else if (line->starts_with("Expect:")) {
      in_expectation = true;
      cases.back().must_refuse = !parse_number(trim(line->substr(7))).has_value();
      if (as_header) cases.pop_back();  // there the other parser repairs what it can, by design
      if (as_header) cases.push_back(Case{});
    } else if (line->starts_with("\t") || line->starts_with(" ")) {
      if (in_expectation && !cases.empty()) cases.back().addresses.emplace_back(trim(*line));
      if (!in_expectation) cases.back().body += "\r\n" + std::string(*line);
    }
  }
  std::erase_if(cases, [](const Case& c) { return c.body.empty(); });
  return cases;
}

TEST(HeaderCorpus, NoInvalidMailboxOfTheFlankerTableIsTaken) {
  const std::string table = load("flanker/mailbox_invalid.txt");
  if (table.empty()) GTEST_SKIP() << "no corpus";
  int refused = 0;
  std::vector<std::string> taken;
  for (std::string_view rest(table); const auto line = next_line(rest);) {
    const std::string_view text = trim(line->substr(0, line->find("  #")));
    if (text.empty() || text.starts_with('#')) continue;
    if (parse_mailbox(text)) {
      // Dots that need quotes are taken without them.
      const bool has_loose_dots = text.starts_with('.') || text.find("..") != text.npos || text.find(".@") != text.npos;
      if (!has_loose_dots) taken.emplace_back(text);
    } else {
      ++refused;
    }
  }
  std::cout << "flanker invalid: " << refused << " refused, " << taken.size() << " taken\n";
  for (const std::string& text : taken) std::cout << "  taken: " << text << "\n";
  EXPECT_GE(refused, 71);
  EXPECT_LE(taken.size(), 1U);  // an A-label of letters, digits and hyphens that decodes to nothing
}

TEST(HeaderCorpus, AgreesWithTheMailParserTable) {
  const std::string table = load("mail-parser/address.json");
  if (table.empty()) GTEST_SKIP() << "no corpus";
  Count count;
  for (const Case& c : read_json_cases(table)) judge(c, count);
  std::cout << "mail-parser: " << count << "\n";
  EXPECT_GE(count.agree, 39);
  EXPECT_LE(count.differ, 3);  // that parser adds comments to the name
}

TEST(HeaderCorpus, AgreesWithTheJakartaTable) {
  const std::string table = load("jakarta-mail/addrlist");
  if (table.empty()) GTEST_SKIP() << "no corpus";
  Count count;
  for (const Case& c : read_jakarta_cases(table)) judge(c, count);
  std::cout << "jakarta: " << count << "\n";
  EXPECT_GE(count.agree, 89);
  EXPECT_LE(count.differ, 3);  // dots that need quotes are taken without them
}

}  // namespace
}  // namespace majlis::mail
