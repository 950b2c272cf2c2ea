#include <map>

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/check.h"
#include "commands/desk/reply_table.h"
#include "lists/site/reasons.h"
#include "lists/site/sentences.h"
#include "lists/site/text_table.h"

namespace majlis::bin::admin {
namespace {

constexpr std::string_view kEnding = ".txt";
constexpr std::string_view kOne = ".one";
constexpr std::size_t kMaxTexts = 1000;  // of one language

// The ${words} of every sentence of the text, by its id.
using WordsById = std::map<std::string_view, std::string_view>;

WordsById sentences_of(std::string_view text_name) {
  WordsById words;
  if (text_name == commands::kRepliesText) {
    for (const commands::ReplyRow& row : commands::reply_table()) words.emplace(row.id, row.words);
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

void check_sentences(const std::string& path, std::string_view name, std::string_view text, Findings& findings) {
  const WordsById known = sentences_of(name);
  for (const lists::Sentence& sentence : lists::parse_sentences(text)) {
    const std::string fault = fault_in_sentence(sentence, known);
    if (fault.empty()) continue;
    findings.push_back(wanting("texts", path + ": line " + std::to_string(sentence.line) + ": " + fault,
                               "mend that line of " + path + ", or leave it out for the built-in sentence"));
  }
}

void check_text(const std::string& path, std::string_view name, Findings& findings) {
  const lists::TextRow* row = lists::find_text(name);
  if (row == nullptr) {
    findings.push_back(wanting("texts", path + " is read by nothing: there is no text of that name",
                               "name it after a text of doc/TEXTS.md, or remove it"));
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
  for (const char* language : {"en", "fr"}) {
    const std::string folder = site.directory() + "/texts/" + language;
    if (path_exists(folder)) check_language(folder, count, findings);
  }
  if (findings.size() > before) return;
  findings.push_back(
      ok("texts", count == 0 ? "all are the built-in ones" : std::to_string(count) + " of the site's own can be used"));
}

}  // namespace majlis::bin::admin
