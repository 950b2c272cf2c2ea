// What it costs to have posts found: an archive of many posts indexed, one more post, questions.
//
//   search_time [POSTS]     100,000 unless told
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/new_site.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/archive/search_index.h"
#include "mail/mbox.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'795'478'400;  // 2026-11-24T00:00:00Z
constexpr std::uint64_t kUsualPosts = 100'000;
constexpr std::size_t kWordsOfPost = 250;  // some 2 kB
constexpr std::size_t kVocabulary = 50'000;
constexpr const char* kMonth = "2026-11";

template <typename T>
T got(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "search_time: %s\n", result.error().what.c_str());
  std::exit(1);
}
void done(const Status& status) {
  if (status) return;
  std::fprintf(stderr, "search_time: %s\n", status.error().what.c_str());
  std::exit(1);
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Few words are in most posts, most words in few, as in a language.
std::string words_of(std::mt19937& random) {
  std::uniform_real_distribution<double> place(0, 1);
  std::string words;
  for (std::size_t i = 0; i < kWordsOfPost; ++i) {
    const double share = place(random);
    const auto word = static_cast<std::size_t>(share * share * share * static_cast<double>(kVocabulary));
    words += "w" + std::to_string(word * 7919 % 99'991) + (i % 12 == 11 ? "\n" : " ");
  }
  return words + "\n";
}

class Archive {
 public:
  explicit Archive(const std::string& folder) {
    SiteConfig config;
    config.domain = "lists.example.org";
    config.postmaster = "postmaster@example.org";
    done(create_site(folder, config));
    site_ = std::make_unique<Site>(got(Site::open(folder)));
    const ListName name = ListName::parse("cooks", "lists.example.org").value();
    const std::string home = site_->list_directory(name);
    done(make_directories(home + "/archive", 0700));
    done(replace_file(home + "/config", "description = bench\n", 0600));
    list_ = std::make_unique<List>(got(List::open(*site_, name)));
  }

  void add(std::uint64_t posts) {
    auto state = got(site_->open_writer());
    const std::uint64_t before = got(state->archive_octets(list_->address(), kMonth));
    FileAppend file = got(FileAppend::open(list_->directory() + "/archive/" + kMonth + ".mbox", before));
    for (std::uint64_t i = 0; i < posts; ++i) {
      const std::string number = std::to_string(++posts_);
      mail::write_mbox_entry("From: Ann Lee <ann" + number + "@example.org>\nSubject: Rice " + number +
                                 "\nMessage-ID: <" + number + "@example.org>\nContent-Type: text/plain\n\n" +
                                 words_of(random_),
                             "ann@example.org", kNow, [&](std::string_view piece) { file.put(piece); });
    }
    done(file.finish());
    done(state->set_archive_octets(list_->address(), kMonth, file.end()));
    done(state->commit());
  }

  void index() const {
    auto reader = got(site_->open_reader());
    while (!got(extend_index_of_month(*reader, *list_, kMonth)).is_complete) continue;
  }
  void index_words() const {
    while (!got(extend_search_index(*site_, *list_, {})).empty()) continue;
  }

  std::size_t ask(const std::vector<search::Term>& terms) const {
    auto reader = got(site_->open_reader());
    const ArchiveOrder order = got(archive_order(*reader, *list_));
    return got(search_archive(*list_, order, {terms, {}, {}}, 50)).posts.size();
  }
  std::uint64_t octets_of(const char* name) const {
    return std::filesystem::file_size(list_->directory() + "/archive/" + name);
  }

 private:
  std::unique_ptr<Site> site_;
  std::unique_ptr<List> list_;
  std::mt19937 random_{7};
  std::uint64_t posts_ = 0;
};

void print_question(const Archive& archive, const char* what, const std::vector<search::Term>& terms) {
  constexpr int kTimes = 50;
  std::size_t found = 0;
  const double seconds = seconds_of([&] {
    for (int i = 0; i < kTimes; ++i) found = archive.ask(terms);
  });
  std::printf("  %-34s %8.2f ms, %zu shown\n", what, seconds / kTimes * 1000, found);
}

void run(const std::string& folder, std::uint64_t posts) {
  Archive archive(folder + "/site");
  archive.add(posts);
  std::printf("\nPosts to be found: %llu of %.1f MB together\n", static_cast<unsigned long long>(posts),
              static_cast<double>(archive.octets_of("2026-11.mbox")) / 1e6);
  std::printf("  %-34s %8.2f s\n", "index of the month", seconds_of([&] { archive.index(); }));
  std::printf("  %-34s %8.2f s\n", "their words", seconds_of([&] { archive.index_words(); }));
  std::printf("  %-34s %8.1f MB\n", "search.db", static_cast<double>(archive.octets_of("search.db")) / 1e6);
  archive.add(1);
  std::printf("  %-34s %8.2f ms\n", "one more: index of the month", seconds_of([&] { archive.index(); }) * 1000);
  std::printf("  %-34s %8.2f ms\n", "one more: its words", seconds_of([&] { archive.index_words(); }) * 1000);
  print_question(archive, "a word of some", {{search::Field::anywhere, "w" + std::to_string(49'000 * 7919 % 99'991)}});
  print_question(archive, "a word of all", {{search::Field::anywhere, "w0"}});
  print_question(
      archive, "an author and two words",
      {{search::Field::author, "ann777"}, {search::Field::anywhere, "w0"}, {search::Field::subject, "rice"}});
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("  %-34s %8.1f MB\n", "memory at most", static_cast<double>(usage.ru_maxrss) / 1000);
}

}  // namespace
}  // namespace majlis::lists

int main(int argc, char** argv) {
  std::array<char, 64> name{"/tmp/majlis-search-time-XXXXXX"};
  const char* folder = mkdtemp(name.data());
  if (folder == nullptr) return 1;
  const auto posts = argc > 1 ? majlis::parse_number(argv[1]) : majlis::lists::kUsualPosts;
  if (!posts) return 2;
  majlis::lists::run(folder, *posts);
  std::filesystem::remove_all(folder);
  return 0;
}
