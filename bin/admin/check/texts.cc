#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/check/check.h"
#include "commands/desk/reply_table.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/reasons.h"
#include "lists/site/sentences.h"
#include "lists/site/text_table.h"

namespace majlis::bin::admin {
namespace {

constexpr std::string_view kEnding = ".txt";
constexpr std::string_view kOne = ".one";
constexpr std::array<std::string_view, 2> kLanguages = {"en", "fr"};
constexpr std::string_view kFormerReasons = "part_reasons";
constexpr std::size_t kMaxTexts = 1000;  // of one language

// The ${words} of every sentence of the text, by its id.
using WordsById = std::map<std::string_view, std::string_view>;

WordsById sentences_of(std::string_view text_name) {
  WordsById words;
  if (text_name == commands::kRepliesText) {
    for (const commands::ReplyRow& row : commands::reply_table()) words.emplace(row.id, row.words);
  }
  if (text_name == lists::kConfigFaultsText) {
    for (const lists::FaultRow& row : lists::fault_table()) words.emplace(row.word, row.values);
  }
  if (text_name == lists::kReasonsText) {
    for (const lists::ReasonRow& row : lists::reason_table()) words.emplace(row.word, row.values);
  }
  return words;
}

// What is wrong with one sentence of a site's own; "" nothing.
std::string fault_in_sentence(const lists::Sentence& sentence, const WordsById& known) {
  std::string_view id = sentence.id;
  if (id.ends_with(kOne)) id.remove_suffix(kOne.size());
  const auto row = known.find(id);
  if (row == known.end()) return "there is no sentence '" + printable_utf8(sentence.id, 80) + "'";
  if (trim(sentence.words).empty()) return "the sentence '" + printable_utf8(sentence.id, 80) + "' is empty";
  const std::string unknown = lists::unknown_word_in(sentence.words, row->second);
  return unknown.empty() ? "" : "nothing is put in for ${" + printable_utf8(unknown, 80) + "}";
}

// Neither a sentence nor a comment, nor what goes on in a new line.
bool is_stray(std::string_view line) {
  return !line.empty() && !line.starts_with('#') && !is_blank(line.front()) && line.find(" = ") == line.npos;
}

void check_sentences(const std::string& path, std::string_view name, std::string_view text, Findings& findings) {
  const auto tell = [&](std::size_t line, const std::string& fault) {
    findings.push_back(wanting("texts", path + ": line " + std::to_string(line) + ": " + fault,
                               "mend that line of " + path + ", or leave it out for the built-in sentence"));
  };
  const WordsById known = sentences_of(name);
  std::set<std::string_view> seen;
  for (const lists::Sentence& sentence : lists::parse_sentences(text)) {
    std::string fault = fault_in_sentence(sentence, known);
    if (!seen.insert(sentence.id).second)
      fault = "the sentence '" + std::string(sentence.id) + "' stands above as well";
    if (!fault.empty()) tell(sentence.line, fault);
  }
  for (std::size_t number = 1; const auto line = next_line(text); ++number) {
    if (is_stray(*line)) tell(number, "it is no sentence, which is written 'ID = SENTENCE'");
  }
}

void check_text(const std::string& path, std::string_view name, Findings& findings) {
  const lists::TextRow* row = lists::find_text(name);
  if (row == nullptr) {
    const std::string mend = name == kFormerReasons ? "write its sentences into " + std::string(lists::kReasonsText) +
                                                          ".txt as ID = SENTENCE (doc/TEXTS.md), and remove it"
                                                    : "name it after a text of doc/TEXTS.md, or remove it";
    findings.push_back(wanting("texts", path + " is read by nothing: there is no text of that name", mend));
    return;
  }
  const std::string mend = "mend " + path + ", or remove it for the built-in text";
  const Result<std::string> text = read_file(path, lists::kMaxOwnTextOctets);
  if (!text) {
    findings.push_back(wanting("texts", text.error().what, mend));
    return;
  }
  const std::string fault = lists::fault_in(*row, *text);
  if (!fault.empty()) findings.push_back(wanting("texts", path + ": " + printable_utf8(fault), mend));
  if (row->about == lists::About::sentences) check_sentences(path, name, *text, findings);
}

void check_language(const std::string& folder, std::size_t& count, Findings& findings) {
  const Result<std::vector<std::string>> names = list_directory(folder);
  if (!names) {
    findings.push_back(wanting("texts", names.error().what, "give " + folder + " to the site's owner, as a folder"));
    return;
  }
  for (const std::string& name : *names) {
    if (count == kMaxTexts) break;
    ++count;
    const bool is_text = name.ends_with(kEnding);
    check_text(folder + "/" + name, is_text ? name.substr(0, name.size() - kEnding.size()) : name, findings);
  }
}

}  // namespace

void check_texts(const lists::Site& site, Findings& findings) {
  const std::size_t before = findings.size();
  std::size_t count = 0;
  const std::string texts = site.directory() + "/texts";
  const Result<std::vector<std::string>> names =
      path_exists(texts) ? list_directory(texts) : std::vector<std::string>();
  if (!names) findings.push_back(wanting("texts", names.error().what, "give " + texts + " to the site's owner"));
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const std::string folder = texts + "/" + name;
    if (std::find(kLanguages.begin(), kLanguages.end(), name) != kLanguages.end()) {
      check_language(folder, count, findings);
    } else {
      findings.push_back(wanting("texts", folder + " is read by nothing: no list writes that language",
                                 "move its files to " + texts + "/en or /fr, or remove it"));
    }
  }
  if (findings.size() > before) return;
  findings.push_back(
      ok("texts", count == 0 ? "all are the built-in ones" : std::to_string(count) + " of the site's own can be used"));
}

}  // namespace majlis::bin::admin
